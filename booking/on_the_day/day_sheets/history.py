"""How acts about the day's paper are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "download_day_paper": act(
            "Who looked at the roster",
            "downloaded the {paper} for {rows:person|people}, {notes} health notes{subject.more}",
            parts=lambda facts: {"notes": "with" if facts.get("health") else "without"},
        )
    }
