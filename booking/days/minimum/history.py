"""How acts about an event's minimum are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_KIND = "Published, cancelled, closed"


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "go_ahead": act(
            _KIND,
            "decided that {subject} goes ahead with {pupils:pupil} so far; "
            "its minimum was {minimum}",
        )
    }
