"""How acts about walk-ins are told in a history: never with a name."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.foundation.audit.details import ActWords, HistoryReader, Named, Namer, Related, act
from booking.on_the_day.walk_ins.models import WalkIn

_DOOR = "Pupils who came at the door"
_PUPIL = Named("a pupil who was not on the list")


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "add_walk_in": act(
            _DOOR,
            "let in {subject}, {how}{school.more}{event_id.more}",
            parts=lambda facts: {"how": _how(facts)},
        ),
        "ask_about_walk_in": act(
            _DOOR, "asked the school what has to be known of {subject}{school.more}{event_id.more}"
        ),
        "undo_walk_in": act(_DOOR, "took back that {subject} came{school.more}{event_id.more}"),
        "settle_walk_in": act(
            _DOOR,
            "said of {subject}: {whose}{school.more}{event_id.more}",
            parts=lambda facts: {"whose": "ours" if facts.get("ours") else "none of ours"},
        ),
    }


def _how(facts: Mapping[str, object]) -> str:
    if facts.get("over"):
        return "over the school’s places"
    return "instead of another" if facts.get("swap") else "in a place of the school"


def namers() -> Sequence[Namer]:
    """Return how walk-ins are named."""
    return (Namer((WalkIn.__tablename__,), _named, _PUPIL),)


def _named(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    return dict.fromkeys(ids, _PUPIL)


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add walk-ins to an event's history."""
    if table != "events":
        return None
    found = select(WalkIn.id).where(WalkIn.event_id == row_id)
    return (Related(WalkIn.__tablename__, found),)
