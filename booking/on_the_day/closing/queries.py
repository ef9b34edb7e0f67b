"""Reads of the end of a day: registers, things left behind, thanks, days not closed."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload

from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.events.models import Event, EventDate, EventState
from booking.days.places.models import Booking
from booking.domain.booking_states import EXPECTED, BookingState
from booking.domain.circulars import Readership
from booking.domain.closing_day import ASKED_FOR, DateRegister
from booking.domain.ledger import accounts
from booking.domain.lost_property import LostState
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.money.fund import queries as fund_queries
from booking.network.circulars.models import Circular
from booking.on_the_day.closing.models import DayClosing, LostThing, Reflection
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.models import RegisterMark

#: How many days, or things, one person's tasks name.
TASKS_MAX = 10
#: Accounts of what an event itself costs; card fees are no concern of its host's.
_COSTS = (accounts.EVENT_COSTS, accounts.SPEAKERS)


def standing(event_id: int) -> DayClosing | None:
    """Return that the day is closed, with who closed it; None while it is open."""
    return db.session.scalar(
        select(DayClosing)
        .where(DayClosing.event_id == event_id, DayClosing.reopened_at.is_(None))
        .options(joinedload(DayClosing.closed_by))
    )


def last_reopened(event_id: int) -> DayClosing | None:
    """Return the last closing that was taken back, with who did and why."""
    return db.session.scalar(
        select(DayClosing)
        .where(DayClosing.event_id == event_id, DayClosing.reopened_at.is_not(None))
        .options(joinedload(DayClosing.reopened_by))
        .order_by(DayClosing.id.desc())
        .limit(1)
    )


def registers(event: Event, now: datetime) -> list[DateRegister]:
    """Return how many pupils of each date are not marked, in one query."""
    unmarked = (
        select(EventDate.id, func.count())
        .join(Booking, Booking.event_id == EventDate.event_id)
        .where(EventDate.event_id == event.id, Booking.state.in_(EXPECTED), ~_is_marked())
        .group_by(EventDate.id)
    )
    counts = {date_id: count for date_id, count in db.session.execute(unmarked)}
    return [
        DateRegister(
            day=event_words.days(day),
            number=day.number,
            unmarked=counts.get(day.id, 0),
            is_open=windows.register_is_open(day, now),
        )
        for day in event.dates
    ]


def _is_marked() -> ColumnElement[bool]:
    return exists().where(
        RegisterMark.booking_id == Booking.id,
        RegisterMark.date_id == EventDate.id,
        RegisterMark.arrival.is_not(None),
    )


def came(event_id: int) -> tuple[int, int]:
    """Return how many pupils came, and from how many schools."""
    found = select(func.count(), func.count(Booking.school_id.distinct())).where(
        Booking.event_id == event_id, Booking.state == BookingState.ATTENDED
    )
    pupils, schools = db.session.execute(found).one()
    return pupils, schools


def things(event_id: int) -> list[LostThing]:
    """Return what was left behind, those still here first."""
    found = db.session.scalars(
        select(LostThing)
        .where(LostThing.event_id == event_id)
        .options(joinedload(LostThing.claimed_by_school))
        .order_by(LostThing.id)
    )
    ended = (LostState.GIVEN_BACK, LostState.DISPOSED)
    return sorted(found, key=lambda thing: thing.state in ended)


def thing_by_public_id(public_id: str) -> LostThing | None:
    """Return the lost thing at an address, with its event."""
    return db.session.scalar(
        select(LostThing)
        .where(LostThing.public_id == public_id)
        .options(joinedload(LostThing.event))
    )


def thanks(event: Event) -> Circular | None:
    """Return what was last written to the schools that came, since the event is over."""
    return db.session.scalar(
        select(Circular)
        .where(
            Circular.event_id == event.id,
            Circular.readership == Readership.SCHOOLS_COMING,
            Circular.written_at >= event.last_ends_at,
        )
        .order_by(Circular.id.desc())
        .limit(1)
    )


def reflection(event_id: int) -> Reflection | None:
    """Return what the host wrote after an event."""
    return db.session.get(Reflection, event_id)


def learnt(
    event_ids: Sequence[int], *, for_colleagues: bool
) -> Mapping[int, Sequence[tuple[str, str]]]:
    """Return what hosts wrote after these events; for colleagues, only what they share."""
    statement = select(Reflection).where(Reflection.event_id.in_(event_ids))
    if for_colleagues:
        statement = statement.where(Reflection.for_colleagues)
    return {row.event_id: reflected(row) for row in db.session.scalars(statement)}


def reflected(row: Reflection) -> list[tuple[str, str]]:
    """Return what a host wrote, each part with its label."""
    parts = [("What went well", row.went_well), ("What to change next time", row.to_change)]
    return [(label, words) for label, words in parts if words]


def cost_pence(event_id: int) -> int:
    """Return what the event has cost so far, according to the ledger."""
    lines = fund_queries.event_lines(event_id)
    return sum(line.pence for line in lines if line.account in _COSTS)


def _not_closed(now: datetime) -> ColumnElement[bool]:
    closed = exists().where(DayClosing.event_id == Event.id, DayClosing.reopened_at.is_(None))
    expected = exists().where(Booking.event_id == Event.id, Booking.state.in_(EXPECTED))
    return and_(
        Event.state.in_(event_states.TAKES_PLACE),
        Event.last_ends_at > now - ASKED_FOR,
        expected,
        ~closed,
    )


def days_to_close(actor: Actor, now: datetime) -> list[Event]:
    """Return this host's events that are over and not closed, the oldest first."""
    hosts = actor.school_ids(Role.HOST)
    if not hosts:
        return []
    found = select(Event).where(
        Event.host_school_id.in_(hosts), Event.last_ends_at <= now, _not_closed(now)
    )
    return list(db.session.scalars(found.order_by(Event.last_ends_at).limit(TASKS_MAX)))


def late_days(before: datetime, now: datetime) -> list[Event]:
    """Return the network's events that ended before an instant and are not closed."""
    found = select(Event).where(Event.last_ends_at <= before, _not_closed(now))
    listed = found.options(joinedload(Event.host_school)).order_by(Event.last_ends_at)
    return list(db.session.scalars(listed.limit(TASKS_MAX)))


def things_to_see_to(actor: Actor, today: date) -> list[LostThing]:
    """Return this host's things that a school has asked for, or whose last day is over."""
    hosts = actor.school_ids(Role.HOST)
    if not hosts:
        return []
    unclaimed = and_(LostThing.state == LostState.LISTED, LostThing.kept_until < today)
    found = (
        select(LostThing)
        .join(LostThing.event)
        .where(
            Event.host_school_id.in_(hosts),
            Event.state != EventState.CANCELLED,
            or_(LostThing.state == LostState.CLAIMED, unclaimed),
        )
        .options(joinedload(LostThing.event), joinedload(LostThing.claimed_by_school))
    )
    return list(db.session.scalars(found.order_by(LostThing.moved_at).limit(TASKS_MAX)))
