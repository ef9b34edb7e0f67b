"""Requests, places and named pupils for tests, made by calling the service."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.days.places.models import Booking, Offer, PlaceRequest
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications import announcements as notification_announcements
from booking.foundation.notifications.models import WAITING, Message, MessageState
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import pupils
from tests.builders.rewritten import rewritten


@rewritten
def ask(event: Event, school: School, wanted: int, *, now: datetime | None = None) -> PlaceRequest:
    """Ask for places as a school."""
    with transaction():
        return places.request_places(
            actor=COMMAND,
            now=now or clock.now(),
            event=event,
            school=school,
            wanted=wanted,
            sure=True,
        )


@rewritten
def allot(event: Event, counts: Mapping[School, int], *, now: datetime | None = None) -> None:
    """Hand places to schools as a round would; a school that has not asked asks for as many."""
    for school, count in counts.items():
        if place_queries.request_of(event.id, school.id) is None and count:
            ask(event, school, count, now=now)
    with transaction():
        places.allot(
            actor=COMMAND,
            now=now or clock.now(),
            event=event,
            counts={school.id: count for school, count in counts.items()},
        )


@rewritten
def name(
    event: Event, school: School, pupil: Pupil | None = None, *, now: datetime | None = None
) -> Booking:
    """Name a pupil, or a new one, for one of the school's places."""
    pupil = pupil or pupils.make_pupil(school=school, year_group=event.low_year)
    with transaction():
        return places.name_pupil(
            actor=COMMAND, now=now or clock.now(), event=event, school=school, pupil=pupil
        )


@rewritten
def reserve(
    event: Event, school: School, pupil: Pupil | None = None, *, now: datetime | None = None
) -> Booking:
    """Put a pupil, or a new one, on the school's list of reserves."""
    pupil = pupil or pupils.make_pupil(school=school, year_group=event.low_year)
    with transaction():
        return places.add_reserve(
            actor=COMMAND, now=now or clock.now(), event=event, school=school, pupil=pupil
        )


@rewritten
def make_booking(
    *,
    event: Event,
    school: School,
    pupil: Pupil | None = None,
    state: BookingState = BookingState.INVITED,
    now: datetime | None = None,
) -> Booking:
    """Return a booking in any state; the school first gets a free place if it has none."""
    if state is BookingState.RESERVE:
        return reserve(event, school, pupil, now=now)
    if not place_queries.vacant_places(event.id, school.id):
        hold(event, school)
    booking = name(event, school, pupil, now=now)
    for step in _STEPS[state]:
        with transaction():
            step(booking, now or clock.now())
    return booking


@rewritten
def hold(event: Event, school: School, count: int = 1) -> None:
    """Give a school some of the event's free places, however they are shared."""
    with transaction():
        for place in place_queries.free_places(event.id)[:count]:
            place.school_id, place.allotted_at = school.id, clock.now()


def _confirm(booking: Booking, now: datetime) -> None:
    places.confirm(actor=PARENT, now=now, booking=booking)


def _decline(booking: Booking, now: datetime) -> None:
    places.decline(actor=PARENT, now=now, booking=booking)


def _withdraw(booking: Booking, now: datetime) -> None:
    places.withdraw(actor=COMMAND, now=now, booking=booking)


def tell(booking: Booking) -> None:
    """Let the invitation have gone out when it was written, and the reminder in good time."""
    assert booking.reply_by_at is not None
    booking.invitation_sent_at = booking.invited_at
    booking.reminded_at = booking.reminder_sent_at = booking.reply_by_at - timedelta(hours=48)


def receive_mail(now: datetime) -> None:
    """Let all mail that waits have gone out at `now`, within the caller's transaction."""
    waiting = select(Message).where(Message.state.in_(WAITING)).order_by(Message.id)
    for message in db.session.scalars(waiting).all():
        message.state, message.sent_at = MessageState.SENT, now
        notification_announcements.went_out(message, now=now)


def sweep_replies(now: datetime) -> None:
    """Do what the worker does about invitations, with mail sent as soon as it is written."""
    for sweep in (places.remind_parents, places.lapse_overdue):
        receive_mail(now)
        sweep(now)
    receive_mail(now)


def let_lapse(booking: Booking) -> int:
    """Let the deadline of a family that was told and reminded pass; return what a sweep did."""
    with transaction() as unit:
        return _lapse(unit.get_one(Booking, booking.id), clock.now())


def _lapse(booking: Booking, now: datetime) -> int:
    tell(booking)
    assert booking.reply_by_at is not None
    return places.lapse_overdue(booking.reply_by_at)


def _attend(booking: Booking, now: datetime) -> None:
    places.mark(actor=COMMAND, now=now, booking=booking, attended=True)


def _miss(booking: Booking, now: datetime) -> None:
    places.mark(actor=COMMAND, now=now, booking=booking, attended=False)


_STEPS: dict[BookingState, list[Any]] = {
    BookingState.INVITED: [],
    BookingState.CONFIRMED: [_confirm],
    BookingState.ATTENDED: [_confirm, _attend],
    BookingState.ABSENT: [_confirm, _miss],
    BookingState.DECLINED: [_decline],
    BookingState.LAPSED: [_lapse],
    BookingState.WITHDRAWN: [_withdraw],
}


def open_offer(school: School, event: Event) -> Offer | None:
    """Return the open offer to a school at an event, if there is one."""
    found = place_queries.open_offers(school_id=school.id, event_id=event.id)
    return found[0] if found else None
