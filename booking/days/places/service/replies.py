"""What becomes of a named pupil's booking: confirmed, declined, withdrawn, marked on the day."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import announcements, locks, queries, refusals
from booking.days.places.models import Booking, Place
from booking.days.places.queries import bookings
from booking.days.places.service import line, mail, moves
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.people.pupils import locks as pupil_locks


def confirm(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Confirm an invited booking; one that lapsed gets a place again if one is free.

    Raises NoPlaceFree if a lapsed booking cannot get a place, MoveNotAllowed otherwise.
    """
    event = event_locks.event(booking.event_id)
    booking = locks.booking(booking.id)
    if booking.state is BookingState.CONFIRMED:
        return booking
    if booking.state is BookingState.LAPSED:
        _find_place_again(event, booking, actor=actor, now=now)
    moves.move(booking, BookingState.CONFIRMED, actor=actor, now=now)
    booking.confirmed_at = now
    announcements.confirmed(booking, actor=actor, now=now)
    return booking


def decline(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Record that the parent said no; the place is passed on."""
    return _leave(booking, BookingState.DECLINED, actor=actor, now=now)


def withdraw(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Withdraw a pupil or remove a reserve from the list; a place is passed on."""
    return _leave(booking, BookingState.WITHDRAWN, actor=actor, now=now)


def mark(*, actor: Actor, now: datetime, booking: Booking, attended: bool | None) -> Booking:
    """Mark the register: attended, absent, or None to remove a mark. Repeating it is harmless."""
    booking = locks.booking(booking.id)
    to = {True: BookingState.ATTENDED, False: BookingState.ABSENT, None: BookingState.CONFIRMED}[
        attended
    ]
    if booking.state is to:
        return booking
    moves.move(booking, to, actor=actor, now=now)
    booking.marked_at = now if attended is not None else None
    booking.marked_by_id = actor.person_id if attended is not None else None
    return booking


def _leave(booking: Booking, to: BookingState, *, actor: Actor, now: datetime) -> Booking:
    event = event_locks.event(booking.event_id)
    booking = locks.booking(booking.id)
    end(event, booking, to, actor=actor, now=now)
    return booking


def end(event: Event, booking: Booking, to: BookingState, *, actor: Actor, now: datetime) -> None:
    """End a booking, give its place on and tell who has to know.

    The caller holds the event's lock and the booking's.
    """
    place = booking.place if booking.state in SEATED else None
    moves.move(booking, to, actor=actor, now=now)
    db.session.flush()
    if place is None or place.school_id != booking.school_id:
        return
    promoted = line.give_on(event, place, actor=actor, now=now)
    if to is not BookingState.WITHDRAWN or actor.kind == "parent":
        mail.tell_of_return(event, booking, promoted, actor=actor, now=now)
    if to is BookingState.WITHDRAWN:
        mail.tell_of_withdrawal(event, booking, actor=actor, now=now)
    if to is BookingState.LAPSED:
        mail.tell_of_lapse(event, booking, now=now)


def _find_place_again(event: Event, booking: Booking, *, actor: Actor, now: datetime) -> None:
    """Find a place for a pupil whose place had lapsed before the payment arrived."""
    pupil_locks.pupils([booking.pupil_id])
    busy = bookings.elsewhere(event, [booking.pupil_id])
    place = _vacancy(event, booking)
    may_come = booking.pupil.left_at is None and booking.pupil_id not in busy
    if not event_states.is_live(event, now) or not may_come or place is None:
        raise refusals.NoPlaceFree(
            f"The place at “{event.title}” had gone to somebody else before this arrived."
        )
    if place.school_id is None:
        line.hold(event, place, booking.school_id, actor=actor, now=now)
    booking.place_id = place.id
    db.session.flush()


def _vacancy(event: Event, booking: Booking) -> Place | None:
    """Return one of the school's own places, or a free one if the school may have one more."""
    if own := queries.vacant_places(event.id, booking.school_id):
        return own[0]
    holding = queries.held(event.id).get(booking.school_id, 0)
    if event.cap_per_school is not None and holding >= event.cap_per_school:
        return None
    return next(iter(queries.free_places(event.id)), None)
