"""Writes of the register: a pupil was there, was not, or a mark was a mistake.

Marks are kept by date. The booking's own state sums them up: attended if the pupil was there on
any date, absent if marked and never there.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from booking.days.events.models import Event, EventDate
from booking.days.places import locks as place_locks
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.rosters import queries, windows
from booking.on_the_day.rosters.models import RegisterMark


class RegisterRefused(ValueError):
    """The register cannot be marked like this."""


class RegisterClosed(RegisterRefused):
    """The date has not come yet, or is long past."""

    def __init__(self, day: EventDate, now: datetime) -> None:
        super().__init__(windows.register_closed_words(day, now))


class NotExpected(RegisterRefused):
    """The pupil does not, or no longer, have a confirmed place at this event."""

    def __init__(self) -> None:
        super().__init__("This pupil is no longer expected at the event.")


def mark(
    *, actor: Actor, now: datetime, day: EventDate, booking: Booking, present: bool | None
) -> Booking:
    """Mark a pupil present, absent, or (None) not marked; marking the same again does nothing."""
    _check_open(day, now)
    booking = place_locks.booking(booking.id)
    if booking.state not in EXPECTED or booking.event_id != day.event_id:
        raise NotExpected
    _mark(actor, now, day, booking, present, queries.marks_of_bookings([booking.id]))
    return booking


def mark_rest_present(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    day: EventDate,
    school_id: int | None,
    among: Collection[int] | None = None,
) -> int:
    """Mark everybody not marked yet as present, for one school or all; return how many.

    `among` limits it to some bookings, such as those of a group.
    """
    _check_open(day, now)
    wanted = [
        booking.id
        for booking in place_queries.expected(event.id)
        if (school_id is None or booking.school_id == school_id)
        and (among is None or booking.id in among)
    ]
    bookings = place_locks.bookings(wanted)
    marks = queries.marks_of_bookings(wanted)
    marked = {known.booking_id for known in marks if known.date_id == day.id}
    count = 0
    for booking in bookings:
        if booking.state in EXPECTED and booking.id not in marked:
            own = [known for known in marks if known.booking_id == booking.id]
            _mark(actor, now, day, booking, True, own)
            count += 1
    return count


def _check_open(day: EventDate, now: datetime) -> None:
    if not windows.register_is_open(day, now):
        raise RegisterClosed(day, now)


def _mark(
    actor: Actor,
    now: datetime,
    day: EventDate,
    booking: Booking,
    present: bool | None,
    known: Sequence[RegisterMark],
) -> None:
    found = next((one for one in known if one.date_id == day.id), None)
    before = found.present if found is not None else None
    if before is present:
        return
    if found is None:
        assert present is not None, "there is no mark, and none is wanted"
        found = RegisterMark(booking_id=booking.id, date_id=day.id, present=present)
        db.session.add(found)
    if present is None:
        db.session.delete(found)
    else:
        found.present, found.marked_at, found.marked_by_id = present, now, actor.person_id
    audit.record(
        actor=actor,
        action="mark_register",
        subject=booking,
        school_id=booking.school_id,
        now=now,
        date=day.number,
        present=present,
        before=before,
    )
    there = [one.present for one in known if one.date_id != day.id]
    there += [] if present is None else [present]
    places.mark(actor=actor, now=now, booking=booking, attended=any(there) if there else None)
