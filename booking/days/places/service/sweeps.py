"""What happens when time passes: deadlines pass, offers expire, places without a name go back.

Each sweep takes some events per transaction, leaves those in use for next time, and may be repeated
at will. It returns how many things it changed; if it is not 0, more may be waiting.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import InstrumentedAttribute

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event, Sharing
from booking.days.places import locks
from booking.days.places.models import Booking, Offer, OfferState, Place
from booking.days.places.queries.bookings import is_seated
from booking.days.places.service import closed_days, line, moves, offers, replies, telling
from booking.domain import replying
from booking.domain.booking_states import BookingState
from booking.domain.permissions import WORKER
from booking.foundation import holdings
from booking.foundation.db import db
from booking.people.pupils.models import Pupil


def lapse_overdue(now: datetime) -> int:
    """Let invitations past their deadline lapse; the places are passed on.

    An invitation of which the family was not told, or not reminded in time, is put off instead.
    """
    overdue = (Booking.state == BookingState.INVITED, Booking.reply_by_at <= now)
    count = 0
    for event in event_locks.due(exists().where(Booking.event_id == Event.id, *overdue)):
        found = db.session.scalars(select(Booking.id).where(Booking.event_id == event.id, *overdue))
        for booking in locks.bookings(found.all()):
            count += _lapse(event, booking, now=now)
    return count


def _lapse(event: Event, booking: Booking, *, now: datetime) -> bool:
    """Let an invitation lapse, or put its deadline off; return whether it was still overdue."""
    due_at = booking.reply_by_at
    if booking.state is not BookingState.INVITED or due_at is None or due_at > now:
        return False
    if closed_days.put_off(event, booking, due_at=due_at, now=now):
        return True
    if not telling.wait(event, booking, now=now):
        replies.end(event, booking, BookingState.LAPSED, actor=WORKER, now=now)
    return True


def lapse_reserves(now: datetime) -> int:
    """Let the reserves of events that have begun lapse, because the day has come.

    Until then a reserve may still be promoted, even after the naming date.
    """
    waiting = Booking.state == BookingState.RESERVE
    begun = (Event.first_starts_at <= now, exists().where(Booking.event_id == Event.id, waiting))
    count = 0
    for event in event_locks.due(*begun, states=event_states.TAKES_PLACE):
        statement = select(Booking).where(Booking.event_id == event.id, waiting)
        for booking in db.session.scalars(statement.order_by(Booking.id)).all():
            moves.move(booking, BookingState.LAPSED, actor=WORKER, now=now)
            count += 1
    return count


def expire_offers(now: datetime) -> int:
    """Let offers past their time expire; the places go to the next school in line."""
    past = (Offer.state == OfferState.OPEN, Offer.expires_at <= now)
    count = 0
    for event in event_locks.due(exists().where(Offer.event_id == Event.id, *past)):
        statement = select(Offer.id).where(Offer.event_id == event.id, *past)
        for offer_id in db.session.scalars(statement.order_by(Offer.id)).all():
            offer = locks.offer(offer_id)
            if offer.state is OfferState.OPEN:
                _expire(event, offer, now=now)
                count += 1
    return count


def _expire(event: Event, offer: Offer, *, now: datetime) -> None:
    if closed_days.put_off(event, offer, due_at=offer.expires_at, now=now):
        return
    if not telling.wait_for_school(event, offer, now=now):
        offers.pass_on(event, offer, OfferState.EXPIRED, actor=WORKER, now=now)


def return_unnamed(now: datetime) -> int:
    """Take back places without a name after the naming date, for reserves or the line."""
    return _take_back(now, Event.naming_close_at)


def release_quotas(now: datetime) -> int:
    """Take back unclaimed quotas on their release date, and open the line."""
    due = (Event.sharing == Sharing.SET_QUOTAS, Event.release_at <= now)
    count = _take_back(now, Event.release_at, Event.sharing == Sharing.SET_QUOTAS)
    spare = exists().where(
        Place.event_id == Event.id, Place.school_id.is_(None), Place.removed_at.is_(None)
    )
    offered = exists().where(Offer.event_id == Event.id)
    for event in event_locks.due(*due, Event.first_starts_at > now, spare, ~offered):
        line.serve(event, actor=WORKER, now=now)
    return count


def _take_back(
    now: datetime, closes_at: InstrumentedAttribute[datetime | None], *also: ColumnElement[bool]
) -> int:
    """Take back the places without a name of events past one of their deadlines."""
    unnamed = (
        Place.school_id.is_not(None),
        (Place.name_by_at.is_(None)) | (Place.name_by_at <= now),
        ~is_seated(),
    )
    count = 0
    for event in event_locks.due(
        closes_at <= now,
        Event.first_starts_at > now,
        exists().where(Place.event_id == Event.id, *unnamed),
        *also,
    ):
        statement = select(Place).where(Place.event_id == event.id, *unnamed)
        for place in db.session.scalars(statement.order_by(Place.id)).all():
            due_at = place.name_by_at or getattr(event, closes_at.key)
            if not closed_days.put_off(event, place, due_at=due_at, now=now):
                line.give_on(event, place, actor=WORKER, now=now)
            count += 1
    return count


def remind_parents(now: datetime) -> int:
    """Remind parents, once for each invitation, of a deadline that is near.

    Those who were asked on paper are reminded by their school, and those who are restricted by
    nobody.
    """
    restricted = exists().where(Pupil.id == Booking.pupil_id, holdings.restricted(Pupil))
    near = (
        Booking.state == BookingState.INVITED,
        Booking.reminded_at.is_(None),
        Booking.reply_by_at > now,
        Booking.reply_by_at <= now + replying.REMIND_BEFORE,
        Booking.invitation_sent_at <= now - replying.FIRST_DAY,
        ~restricted,
    )
    count = 0
    for event in event_locks.due(exists().where(Booking.event_id == Event.id, *near)):
        statement = select(Booking.id).where(Booking.event_id == event.id, *near)
        for booking in locks.bookings(db.session.scalars(statement).all()):
            booking.reminded_at = now
            telling.write(event, booking, telling.REMINDING, now=now)
            count += 1
    return count
