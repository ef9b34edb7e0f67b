"""How acts about who reads families' answers are told in a history."""

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import select

from booking.days.places import history as place_history
from booking.days.places.models import Booking
from booking.foundation.audit.details import (
    ActWords,
    HistoryReader,
    Named,
    Namer,
    Related,
    Topic,
    act,
)
from booking.foundation.db import db
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
            _READ, "opened whom to ring for {subject}{subject.more}", topic=Topic.FAMILY
        ),
        "see_late_change": act(
            _CHANGED,
            "saw that the family of {subject} changed its answers{subject.more}",
            topic=Topic.FAMILY,
        ),
    }


def namers() -> Sequence[Namer]:
    """Return how these rows are named: by their bookings."""
    return (
        Namer(("contact_openings",), _openings, Named("a pupil")),
        Namer(("late_changes",), _changes, Named("a pupil")),
    )


def _openings(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    return _named(ContactOpening, ids, reads)


def _changes(ids: Collection[int], reads: HistoryReader) -> Mapping[int, Named]:
    return _named(LateChange, ids, reads)


def _named(
    table: type[ContactOpening] | type[LateChange], ids: Collection[int], reads: HistoryReader
) -> Mapping[int, Named]:
    statement = select(table.id, table.booking_id).where(table.id.in_(ids))
    found = {id_: booking_id for id_, booking_id in db.session.execute(statement)}
    names = place_history.named(set(found.values()), reads)
    return {id_: names[booking_id] for id_, booking_id in found.items()}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add who read and saw what to the history of a place, and of its pupil and its event."""
    column = {"bookings": Booking.id, "pupils": Booking.pupil_id, "events": Booking.event_id}
    if table not in column:
        return None
    places = select(Booking.id).where(column[table] == row_id)
    return tuple(
        Related(rows.__tablename__, select(rows.id).where(rows.booking_id.in_(places)))
        for rows in _TABLES
    )
