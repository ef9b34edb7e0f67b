"""Reads of how schools travel, of the seats that they share, and of what is to do about it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from booking.days.events.models import Event, EventState
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import travelling
from booking.domain.booking_states import BookingState
from booking.domain.travelling import TravelMode, TravelTimes
from booking.foundation.db import db, rows
from booking.on_the_day.travel import states
from booking.on_the_day.travel.details import SchoolArrival
from booking.on_the_day.travel.models import SeatShare, SeatState, TravelPlan, VisitNotes
from booking.people.schools.models import School

#: How many events become tasks of one school.
TASKS_MAX = 20


def plan_of(event_id: int, school_id: int) -> TravelPlan | None:
    """Return what a school has said about its way to an event."""
    return db.session.scalars(
        select(TravelPlan).where(TravelPlan.event_id == event_id, TravelPlan.school_id == school_id)
    ).one_or_none()


def plan_by_public_id(public_id: str) -> TravelPlan | None:
    """Return a plan with its event and school."""
    return db.session.scalars(
        select(TravelPlan)
        .where(TravelPlan.public_id == public_id)
        .options(joinedload(TravelPlan.event), joinedload(TravelPlan.school))
    ).one_or_none()


def share_by_public_id(public_id: str) -> SeatShare | None:
    """Return seats that were asked for, with the plan, its event and both schools."""
    plan = joinedload(SeatShare.plan)
    return db.session.scalars(
        select(SeatShare)
        .where(SeatShare.public_id == public_id)
        .options(
            plan.joinedload(TravelPlan.event),
            plan.joinedload(TravelPlan.school),
            joinedload(SeatShare.school),
        )
    ).one_or_none()


def notes_of(event_id: int) -> VisitNotes | None:
    """Return what the host tells schools for their visit."""
    return db.session.scalars(
        select(VisitNotes).where(VisitNotes.event_id == event_id)
    ).one_or_none()


def by_school(event_id: int) -> Mapping[int, SchoolArrival]:
    """Return how each school comes to an event, by its id, for those that have said: two queries.

    A school with seats in another's bus comes in that one, at its times.
    """
    plans = db.session.scalars(
        select(TravelPlan)
        .where(TravelPlan.event_id == event_id)
        .options(joinedload(TravelPlan.school))
    )
    by_id = {plan.school_id: plan for plan in plans}
    givers = {
        school_id: by_id[giver_id]
        for school_id, giver_id in db.session.execute(
            select(SeatShare.school_id, TravelPlan.school_id)
            .join(TravelPlan, TravelPlan.id == SeatShare.plan_id)
            .where(TravelPlan.event_id == event_id, SeatShare.state == SeatState.CONFIRMED)
            .order_by(SeatShare.id)
        )
    }
    return {
        school_id: _arrival(by_id.get(school_id), givers.get(school_id))
        for school_id in by_id.keys() | givers.keys()
    }


def _arrival(plan: TravelPlan | None, giver: TravelPlan | None) -> SchoolArrival:
    mode = plan.mode if plan else None
    own = plan.times if plan else TravelTimes()
    whole = giver is not None and mode in (None, TravelMode.SHARED)
    bus = giver.times if giver is not None and whole else TravelTimes()
    return SchoolArrival(
        how=travelling.words_of(mode, giver.school.name if giver else ""),
        arrives=own.arrives or bus.arrives,
        leaves=own.leaves or bus.leaves,
        back=own.back or bus.back,
        base_name=plan.base_name if plan else "",
        base_phone=plan.base_phone if plan else "",
    )


def promised(plan_id: int) -> int:
    """Return how many seats of a bus have been confirmed to other schools."""
    return (
        db.session.scalar(
            select(func.sum(SeatShare.seats)).where(
                SeatShare.plan_id == plan_id, SeatShare.state == SeatState.CONFIRMED
            )
        )
        or 0
    )


@dataclass(frozen=True)
class SeatOffer:
    """A school's bus with seats for others, and how many nobody has been promised."""

    plan: TravelPlan
    left: int


def offers(event_id: int, *, school_id: int) -> list[SeatOffer]:
    """Return the buses of other schools that come, and have seats, by school."""
    coming = place_queries.held(event_id)
    confirmed = (
        select(func.sum(SeatShare.seats))
        .where(SeatShare.plan_id == TravelPlan.id, SeatShare.state == SeatState.CONFIRMED)
        .scalar_subquery()
    )
    found = db.session.execute(
        select(TravelPlan, func.coalesce(confirmed, 0))
        .join(School, School.id == TravelPlan.school_id)
        .where(
            TravelPlan.event_id == event_id,
            TravelPlan.school_id != school_id,
            TravelPlan.school_id.in_(coming),
            TravelPlan.seats > 0,
        )
        .options(joinedload(TravelPlan.school))
        .order_by(School.name)
    )
    return [SeatOffer(plan, max(plan.seats - taken, 0)) for plan, taken in found]


def live_share(plan_id: int, school_id: int) -> SeatShare | None:
    """Return the seats of a bus that a school has asked for, or has."""
    return db.session.scalars(
        select(SeatShare).where(
            SeatShare.plan_id == plan_id,
            SeatShare.school_id == school_id,
            SeatShare.state.in_(states.LIVE),
        )
    ).one_or_none()


def given(plan_id: int) -> list[SeatShare]:
    """Return who has, or asks for, seats of a bus, in the order in which they asked."""
    return list(
        db.session.scalars(
            select(SeatShare)
            .where(SeatShare.plan_id == plan_id, SeatShare.state.in_(states.LIVE))
            .options(joinedload(SeatShare.school))
            .order_by(SeatShare.id)
        )
    )


def taken(event_id: int, school_id: int) -> list[SeatShare]:
    """Return the seats that a school has, asks for, or has unread news of, newest last."""
    return list(
        db.session.scalars(
            select(SeatShare)
            .join(TravelPlan, TravelPlan.id == SeatShare.plan_id)
            .where(
                TravelPlan.event_id == event_id,
                SeatShare.school_id == school_id,
                SeatShare.state.in_(states.LIVE) | SeatShare.news_at.is_not(None),
            )
            .options(joinedload(SeatShare.plan).joinedload(TravelPlan.school))
            .order_by(SeatShare.id)
        )
    )


class PlanDue(NamedTuple):
    """A coming event to which a school has not said how it travels, or has to look again."""

    slug: str
    title: str
    starts_at: datetime
    is_to_check: bool


def plans_due(school_id: int, *, now: datetime, until: datetime) -> list[PlanDue]:
    """Return the events whose way there a school has to say by `until`, or to check."""
    found = rows(_plans_due(), school_id=school_id, now=now, until=until)
    return [PlanDue(*row) for row in found]


@cache
def _plans_due() -> Select[*tuple[Any, ...]]:
    school = bindparam("school_id", type_=Integer)
    starts_at = Event.first_starts_at
    goes = exists().where(
        Booking.event_id == Event.id,
        Booking.school_id == school,
        Booking.state == BookingState.CONFIRMED,
    )
    unsaid = TravelPlan.id.is_(None) | TravelPlan.mode.is_(None)
    soon = starts_at < bindparam("until", type_=starts_at.type)
    return (
        select(Event.slug, Event.title, starts_at, TravelPlan.check_since.is_not(None))
        .outerjoin(TravelPlan, (TravelPlan.event_id == Event.id) & (TravelPlan.school_id == school))
        .where(
            Event.state == EventState.PUBLISHED,
            starts_at >= bindparam("now", type_=starts_at.type),
            Event.host_school_id != school,
            goes,
            or_(unsaid & soon, TravelPlan.check_since.is_not(None)),
        )
        .order_by(starts_at, Event.id)
        .limit(TASKS_MAX)
    )


class SeatsDue(NamedTuple):
    """Seats that a school has to answer for, or has unread news of."""

    slug: str
    title: str
    starts_at: datetime
    #: The other school.
    school: str
    seats: int
    state: SeatState
    is_giver: bool


def seats_due(school_id: int, *, now: datetime) -> list[SeatsDue]:
    """Return the wishes that a school has to answer, and the news about its own."""
    return [SeatsDue(*row) for row in rows(_seats_due(), school_id=school_id, now=now)]


@cache
def _seats_due() -> Select[*tuple[Any, ...]]:
    me = bindparam("school_id", type_=Integer)
    giver, taker = aliased(School), aliased(School)
    to_answer = (TravelPlan.school_id == me) & (SeatShare.state == SeatState.ASKED)
    news = (SeatShare.school_id == me) & SeatShare.news_at.is_not(None)
    return (
        select(
            *(Event.slug, Event.title, Event.first_starts_at),
            func.coalesce(taker.name, giver.name),
            *(SeatShare.seats, SeatShare.state, to_answer.label("is_giver")),
        )
        .join(TravelPlan, TravelPlan.id == SeatShare.plan_id)
        .join(Event, Event.id == TravelPlan.event_id)
        .join(giver, giver.id == TravelPlan.school_id)
        .outerjoin(taker, (taker.id == SeatShare.school_id) & (taker.id != me))
        .where(
            Event.last_ends_at > bindparam("now", type_=Event.last_ends_at.type),
            to_answer | news,
        )
        .order_by(Event.first_starts_at, SeatShare.id)
        .limit(TASKS_MAX)
    )


def overbooked() -> list[tuple[str, int, int]]:
    """Return the buses that have promised more seats than they have: title, promised, seats."""
    found = db.session.execute(
        select(Event.title, func.sum(SeatShare.seats), TravelPlan.seats)
        .join(TravelPlan, TravelPlan.id == SeatShare.plan_id)
        .join(Event, Event.id == TravelPlan.event_id)
        .where(SeatShare.state == SeatState.CONFIRMED)
        .group_by(TravelPlan.id, Event.title, TravelPlan.seats)
        .having(func.sum(SeatShare.seats) > TravelPlan.seats)
        .order_by(TravelPlan.id)
    )
    return [(title, taken, seats) for title, taken, seats in found]
