"""Reads of events that have fewer pupils than their minimum when their day to decide is near."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking
from booking.domain import minimum, terms
from booking.domain.booking_states import SEATED
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.people.schools import queries as school_queries

#: No warning is given longer before the decision: a holiday and a few school days around it.
AHEAD = terms.LONGEST_HOLIDAY + timedelta(days=14)


@dataclass(frozen=True)
class TooFew:
    """An event whose host has to decide, and how many pupils have a place so far."""

    event: Event
    pupils: int


def to_decide(
    *,
    now: datetime,
    host_ids: Collection[int] | None = None,
    event_ids: Collection[int] | None = None,
) -> Sequence[TooFew]:
    """Return events with too few pupils whose day to decide is near, the nearest first.

    `host_ids` and `event_ids` leave out others; None leaves out none.
    """
    pupils = (
        select(func.count())
        .where(Booking.event_id == Event.id, Booking.state.in_(SEATED))
        .correlate(Event)
        .scalar_subquery()
    )
    statement = (
        select(Event, pupils)
        .where(
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > now,
            Event.goes_ahead_at.is_(None),
            Event.decide_at <= now + AHEAD,
            pupils < Event.min_pupils,
        )
        .options(joinedload(Event.host_school))
        .order_by(Event.decide_at, Event.id)
    )
    if host_ids is not None:
        statement = statement.where(Event.host_school_id.in_(host_ids))
    if event_ids is not None:
        statement = statement.where(Event.id.in_(event_ids))
    rows = db.session.execute(statement).all()
    return [TooFew(event, count) for event, count in rows if _is_near(event, now)]


def _is_near(event: Event, now: datetime) -> bool:
    if event.decide_at is None:
        return False
    calendar = school_queries.calendar(event.host_school_id)
    return minimum.warns_at(calendar, event.decide_at) <= now


def of_event(event: Event, *, now: datetime) -> TooFew | None:
    """Return what is to decide about an event; None if there is nothing."""
    if event.min_pupils is None:
        return None
    return next(iter(to_decide(now=now, event_ids=[event.id])), None)


def sent(keys: Collection[str]) -> Collection[str]:
    """Return which of these mails have been queued."""
    return set(db.session.scalars(select(Message.key).where(Message.key.in_(keys))))
