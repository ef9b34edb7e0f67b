"""How acts about rounds and quotas are told in a history."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from booking.days.allocation.models import Round
from booking.foundation.audit.details import ActWords, Related, act

_SHARING = "Sharing of places"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts of sharing places are told."""
    return {
        "publish_round": act(
            _SHARING,
            "published the round{event_id.more}: {places:place} among {schools:school}",
        ),
        "set_quotas": act(
            _SHARING,
            "set how many places are kept for {number:school}{subject.more}",
            parts=lambda facts: {"number": len(facts["changed"])},
        ),
    }


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add an event's round to its history."""
    if table != "events":
        return None
    return (Related("rounds", select(Round.id).where(Round.event_id == row_id)),)
