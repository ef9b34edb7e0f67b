"""Who is at which workshop after they were shared out: moved by hand, late comers, taken back."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from booking.days.events.models import Event
from booking.days.groups import mail, refusals
from booking.days.groups.details import HALVES
from booking.days.groups.models import Workshop, WorkshopChoice, WorkshopSpot
from booking.days.groups.queries import workshops
from booking.days.groups.service import offering
from booking.days.places import locks as place_locks
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.domain.workshops.choices import Half, OfferedWorkshop, most_free
from booking.foundation.audit import service as audit
from booking.foundation.db import db

#: From so long before the event, families are written to when their child is moved. Before that,
#: the home school tells them.
BY_MAIL = timedelta(days=1)


class Seating:
    """The places at an event's workshops, under the event's lock."""

    def __init__(self, event: Event) -> None:
        self.offered = {each.id: each for each in workshops.workshops(event.id)}
        self.spots = workshops.spots(event.id)

    def free_number(self, workshop: Workshop, half: Half) -> int | None:
        """Return the lowest number that nobody has at a workshop; None if it is full."""
        used = {
            spot.number
            for spot in self.spots
            if spot.workshop_id == workshop.id and spot.half == half
        }
        return next((n for n in range(1, workshop.places + 1) if n not in used), None)

    def sit(
        self, booking: Booking, workshop: Workshop, half: Half, moved_at: datetime | None = None
    ) -> None:
        """Give a pupil a place in one part of the day. Raises WorkshopFull."""
        number = self.free_number(workshop, half)
        if number is None:
            raise refusals.WorkshopFull(f"“{workshop.title}” is full.")
        spot = WorkshopSpot(
            workshop_id=workshop.id,
            half=int(half),
            number=number,
            booking_id=booking.id,
            moved_at=moved_at,
        )
        db.session.add(spot)
        self.spots.append(spot)

    def leave(self, booking: Booking) -> None:
        """Free the places of a pupil."""
        for spot in [each for each in self.spots if each.booking_id == booking.id]:
            self.spots.remove(spot)
            db.session.delete(spot)
        db.session.flush()

    def where_is(self, booking: Booking) -> list[tuple[int, int]]:
        """Return the workshop of a pupil in each part of the day."""
        return sorted((s.half, s.workshop_id) for s in self.spots if s.booking_id == booking.id)

    def room_for(self, booking: Booking) -> list[tuple[int, int]]:
        """Return where most room is in each part of the day in which a pupil is nowhere."""
        there = {half for half, _ in self.where_is(booking)}
        parts = [half for half in Half if half not in there]
        found = [(int(h), w.id) for h in parts if (w := self._most_room((h,))) is not None]
        if not found and not there and (whole := self._most_room(tuple(Half))) is not None:
            return [(int(half), whole.id) for half in Half]
        return found

    def _most_room(self, halves: tuple[Half, ...]) -> Workshop | None:
        """Return the workshop that takes just these parts of the day where most room is."""
        fitting = {w.public_id: w for w in self.offered.values() if HALVES[w.time] == halves}
        here = [spot.workshop_id for spot in self.spots if spot.half == halves[0]]
        count = Counter({name: here.count(w.id) for name, w in fitting.items()})
        free = [OfferedWorkshop(name, w.places, halves) for name, w in fitting.items()]
        found = most_free(free, count)
        return fitting[found.reference] if found else None


def place(
    *, actor: Actor, now: datetime, event: Event, booking: Booking, chosen: Iterable[Workshop]
) -> None:
    """Put a pupil into these workshops, one for each part of the day, by hand.

    Raises WorkshopFull, WishTwice, NoPlaceHere, WorkshopsFixed.
    """
    row = _locked_shared(event)
    booking = place_locks.booking(booking.id)
    if booking.state not in EXPECTED or booking.event_id != event.id:
        raise refusals.NoPlaceHere
    chosen = list(chosen)
    halves = [half for workshop in chosen for half in HALVES[workshop.time]]
    if len(set(halves)) < len(halves):
        raise refusals.WishTwice
    seating = Seating(event)
    before = seating.where_is(booking)
    wanted = sorted((int(h), w.id) for w in chosen for h in HALVES[w.time])
    if wanted == before:
        return
    _move(seating, booking, wanted, now=now, event=event)
    row.version += 1
    row.before = {"booking": booking.id, "spots": [list(each) for each in before]}
    _record(actor, "move_to_workshop", booking, now)


def fill(*, actor: Actor, now: datetime, event: Event) -> int:
    """Put late comers where most room is, and move nobody; return how many were given a place.

    Raises WorkshopsFixed.
    """
    row, seating, placed = _locked_shared(event), Seating(event), 0
    for booking in place_queries.expected(event.id):
        found = seating.room_for(booking)
        if found:
            wanted = sorted([*seating.where_is(booking), *found])
            _move(seating, booking, wanted, now=now, event=event)
            _record(actor, "move_to_workshop", booking, now)
            placed += 1
    if placed:
        row.version += 1
        row.before = None
    return placed


def undo(*, actor: Actor, now: datetime, event: Event, seen: int) -> None:
    """Take the last move back, if the place is still free.

    Raises ChangedSince, NothingToTakeBack, WorkshopFull, WorkshopsFixed.
    """
    row = _locked_shared(event)
    if row.version != seen:
        raise refusals.ChangedSince
    if row.before is None:
        raise refusals.NothingToTakeBack
    booking = place_locks.booking(row.before["booking"])
    if booking.state not in EXPECTED:
        raise refusals.NothingToTakeBack
    spots = [(half, workshop_id) for half, workshop_id in row.before["spots"]]
    _move(Seating(event), booking, spots, now=now, event=event)
    row.version += 1
    row.before = None
    _record(actor, "undo_workshop_move", booking, now)


def told(*, actor: Actor, now: datetime, event: Event, school_id: int) -> int:
    """Note that a school has told its families about late changes; return how many."""
    offering.lock(event)
    pupils = {
        booking.id: booking
        for booking in place_queries.expected(event.id)
        if booking.school_id == school_id
    }
    late = [
        spot for spot in workshops.spots(event.id) if spot.moved_at and spot.booking_id in pupils
    ]
    for spot in late:
        spot.moved_at = None
    told_of = sorted({spot.booking_id for spot in late})
    for booking_id in told_of:
        _record(actor, "tell_of_workshops", pupils[booking_id], now)
    return len(told_of)


def _locked_shared(event: Event) -> WorkshopChoice:
    offering.lock(event)
    row = workshops.choice(event.id)
    if row is None or row.shared_at is None:
        raise refusals.WorkshopsFixed("Pupils can be moved once the workshops are shared out.")
    return row


def _move(
    seating: Seating,
    booking: Booking,
    spots: Iterable[tuple[int, int]],
    *,
    now: datetime,
    event: Event,
) -> None:
    by_mail = event.first_starts_at is not None and event.first_starts_at - BY_MAIL <= now
    seating.leave(booking)
    for half, workshop_id in spots:
        workshop = seating.offered.get(workshop_id)
        if workshop is not None:
            seating.sit(booking, workshop, Half(half), moved_at=now)
    db.session.flush()
    if by_mail:
        titles = workshops.titles_by_booking(event.id)
        reached = mail.tell_families(event, [booking], titles, now=now, again=True)
        for spot in workshops.spots_of(booking.id):
            spot.moved_at = None if reached else now


def _record(actor: Actor, action: str, booking: Booking, now: datetime) -> None:
    audit.record(actor=actor, action=action, subject=booking, school_id=booking.school_id, now=now)
