"""How acts about who reads families' answers are told in a history."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from booking.days.places import history as place_history
from booking.foundation.audit.details import ActWords, Namer, Related, Topic, act
from booking.on_the_day.answers.models import ContactOpening, LateChange

_READ, _CHANGED = "Who read families’ answers", "Late changes of answers"
_TABLES = (ContactOpening, LateChange)


def acts() -> Mapping[str, ActWords]:
    """Return how these acts are told."""
    return {
        "download_coach_list": act(
            _READ,
            "downloaded the coach list of {rows:pupil}, {health} health notes{subject.more}",
            parts=lambda facts: {"health": "with" if facts.get("health") else "without"},
        ),
        "open_contact": act(
            _READ, "opened whom to ring for {subject}{subject.more}", topic=Topic.READING
        ),
        "see_late_change": act(
            _CHANGED,
            "saw that the family of {subject} changed its answers{subject.more}",
            topic=Topic.FAMILY,
        ),
    }


def namers() -> Sequence[Namer]:
    """Return how these rows are named: by their bookings."""
    return tuple(map(place_history.named_by_booking, _TABLES))


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add who read and saw what to the history of a place, and of its pupil and its event."""
    places = place_history.bookings_of(table, row_id)
    if places is None:
        return None
    return tuple(
        Related(rows.__tablename__, select(rows.id).where(rows.booking_id.in_(places)))
        for rows in _TABLES
    )
