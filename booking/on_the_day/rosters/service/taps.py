"""Writes of single taps: each is kept, and the mark and the booking say what they come to."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events.models import EventDate
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain import registering
from booking.domain.permissions import Actor
from booking.domain.registering import Arrival, Aspect, Departure, Tap
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.rosters import queries
from booking.on_the_day.rosters.models import RegisterMark, RegisterTap


class Known:
    """What is known of some bookings, whose locks the caller holds: their taps on one date, and
    their marks on all.
    """

    def __init__(self, day: EventDate, booking_ids: Sequence[int]) -> None:
        self.day = day
        self.taps = queries.taps(day.id, booking_ids)
        self.keys = {tap.key for tap in self.taps}
        self.counting = registering.counting(self.taps)
        self.marks = queries.marks_of_bookings(booking_ids)

    def mark_of(self, booking_id: int, aspect: Aspect) -> Arrival | Departure | None:
        """Return what is marked of a pupil on the date."""
        tap = self.counting.get((booking_id, aspect))
        return tap.mark if tap else None


def take(*, actor: Actor, now: datetime, known: Known, booking: Booking, tap: Tap) -> None:
    """Keep a tap; if it is the latest, the register says what it says. A known one is left."""
    if tap.key in known.keys:
        return
    before = known.mark_of(booking.id, tap.aspect)
    db.session.add(
        RegisterTap(
            key=tap.key,
            booking_id=booking.id,
            date_id=known.day.id,
            aspect=tap.aspect,
            mark=tap.mark,
            left_with=tap.left_with or None,
            tapped_at=tap.at,
            received_at=now,
            by_id=tap.by_id,
        )
    )
    known.keys.add(tap.key)
    known.taps.append(tap)
    known.counting = registering.counting([*known.counting.values(), tap])
    counts = known.counting[booking.id, tap.aspect] is tap
    audit.record(
        actor=actor,
        action="mark_register",
        subject=booking,
        school_id=booking.school_id,
        now=now,
        date=known.day.number,
        aspect=tap.aspect,
        mark=tap.mark,
        before=before,
        overtaken=not counts,
    )
    if counts:
        _show(known, booking)
        _sum_up(actor, now, known, booking)


def _show(known: Known, booking: Booking) -> None:
    """Let the mark say what the taps come to; there is none if nothing is marked."""
    found = next(
        (m for m in known.marks if (m.booking_id, m.date_id) == (booking.id, known.day.id)), None
    )
    if found is None:
        found = RegisterMark(booking_id=booking.id, date_id=known.day.id)
        known.marks.append(found)
    for aspect in Aspect:
        tap = known.counting.get((booking.id, aspect))
        is_marked = tap is not None and tap.mark is not None
        setattr(found, aspect, tap.mark if tap else None)
        setattr(found, f"{aspect}_at", tap.at if tap and is_marked else None)
        setattr(found, f"{aspect}_by_id", tap.by_id if tap and is_marked else None)
        if aspect is Aspect.DEPARTURE:
            found.left_with = (tap.left_with or None) if tap else None
    if found.arrival or found.departure:
        db.session.add(found)
        return
    known.marks.remove(found)
    if found in db.session and found not in db.session.new:
        db.session.delete(found)
    elif found in db.session:
        db.session.expunge(found)


def _sum_up(actor: Actor, now: datetime, known: Known, booking: Booking) -> None:
    there = [m.present for m in known.marks if m.booking_id == booking.id and m.arrival]
    places.mark(actor=actor, now=now, booking=booking, attended=any(there) if there else None)
