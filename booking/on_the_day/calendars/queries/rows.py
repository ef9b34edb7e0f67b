"""The rows of a private calendar: one statement for everything in it, whoever owns it."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntFlag, StrEnum
from functools import lru_cache
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import and_, case, false, func, literal, or_, select

from booking.days.events import feeds
from booking.days.events.feeds import NOW, SINCE
from booking.days.events.ical import CANCELLED_KEPT
from booking.days.events.models import Event, EventState, Sharing
from booking.days.places.models import Booking, Offer, OfferState, Place
from booking.days.places.queries.bookings import is_seated
from booking.domain.booking_states import EXPECTED, SEATED, BookingState
from booking.domain.permissions import Actor, Role
from booking.foundation import db
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import UTCDateTime
from booking.on_the_day.calendars.models import FeedContent
from booking.on_the_day.calendars.queries import conditions
from booking.on_the_day.calendars.queries.conditions import Condition
from booking.on_the_day.calendars.queries.marks import (
    in_calendars,
    newest_of_schools,
    removed_lately,
)
from booking.people.pupils.models import PupilParent
from booking.people.schools.models import Closure, Term

Select = sa.Select[Any]
#: Building a statement takes longer than running it, so each is kept, with the time left open.
STATEMENTS_KEPT = 512

__all__ = [
    "DAYS",
    "OF_AN_EVENT",
    "UTC",
    "CalendarRow",
    "What",
    "Why",
    "of_parent",
    "of_person",
    "read",
]


class What(StrEnum):
    """What a row is about."""

    EVENT = "event"
    #: A place that came to a school late, with its own naming deadline.
    LATE = "late"
    OFFER = "offer"
    REPLY = "reply"
    TERM = "term"
    CLOSURE = "closure"
    #: What files say about schools, and removed dates: only for the mark.
    AROUND = "around"


OF_AN_EVENT = frozenset({What.LATE, What.OFFER, What.REPLY})
DAYS = frozenset({What.TERM, What.CLOSURE})


class Why(IntFlag):
    """Why an event is in somebody's calendar, and which of its deadlines concern them."""

    HOSTED = 1
    ATTENDED = 2
    ROSTERED = 4
    REQUESTS = 8
    NAMING = 16
    RELEASE = 32
    #: For a parent's event: a child's place is confirmed.
    CONFIRMED = 64


TAKES_PART = Why.HOSTED | Why.ATTENDED | Why.ROSTERED


class CalendarRow(NamedTuple):
    """A row as it comes from the database."""

    #: One of What's words, or the kind of another feature's source.
    what: str
    id: int
    event_id: int
    flags: int
    #: For a deadline: when it is. After that, the row disappears by itself.
    at: datetime | None
    changed_at: datetime | None
    text: str


def read(statement: Select, now: datetime) -> Iterable[CalendarRow]:
    """Return the rows of a statement, in a fixed order."""
    return map(CalendarRow._make, db.rows(statement, now=now, since=now - CANCELLED_KEPT))


@lru_cache(STATEMENTS_KEPT)
def of_person(actor: Actor, wanted: frozenset[str], mobile: str) -> Select:
    """Return the statement for a person with these roles who wants these kinds; built once."""
    mine = actor.school_ids(Role.COORDINATOR)
    asked = conditions.is_open(Event.requests_close_at, NOW)
    possible = {
        FeedContent.HOSTED: (Why.HOSTED, conditions.hosts(actor)),
        FeedContent.ATTENDED: (Why.ATTENDED, conditions.holds(mine)),
        FeedContent.ROSTERED: (Why.ROSTERED, conditions.helps(actor, mobile)),
        FeedContent.REQUESTS: (Why.REQUESTS, and_(conditions.may_ask(mine), asked)),
    }
    why: dict[Why, Condition] = {bit: on for kind, (bit, on) in possible.items() if kind in wanted}
    found = [_around()]
    if FeedContent.NAMES in wanted and mine:
        unnamed = conditions.holds(mine, unnamed=True)
        why[Why.NAMING] = and_(unnamed, conditions.is_open(Event.naming_close_at, NOW))
        why[Why.RELEASE] = and_(
            unnamed, Event.sharing == Sharing.SET_QUOTAS, conditions.is_open(Event.release_at, NOW)
        )
        found.append(_late(mine))
    if FeedContent.OFFERS in wanted and mine:
        found.append(_offers(mine))
    if FeedContent.SCHOOL_DAYS in wanted:
        found += _school_days({g.school_id for g in actor.grants if g.school_id is not None})
    found += [_added(source, actor) for source in feeds.sources() if source.kind in wanted]
    return _together(_events(why), *found)


@lru_cache(STATEMENTS_KEPT)
def of_parent(parent_id: int, school_id: int, wanted: frozenset[str]) -> Select:
    """Return the statement for a parent who wants these kinds; built once."""
    found = [_around()]
    if FeedContent.ATTENDED in wanted:
        sits = or_(
            Booking.state.in_(SEATED),
            and_(Booking.state == BookingState.CANCELLED, Event.state == EventState.CANCELLED),
        )
        why = {
            Why.ATTENDED: conditions.has_child(parent_id, sits),
            Why.CONFIRMED: conditions.has_child(parent_id, Booking.state.in_(EXPECTED)),
        }
        found.append(_events(why))
    if FeedContent.REPLIES in wanted:
        found.append(_replies(parent_id))
    if FeedContent.SCHOOL_DAYS in wanted:
        found += _school_days({school_id})
    return _together(*found)


def _together(*statements: Select) -> Select:
    together = sa.union_all(*statements).subquery()
    return select(together).order_by(*together.c[:4], together.c.text)


def _row(
    what: str, id_: Any, event_id: Any, flags: Any, at: Any, changed_at: Any, text: Any
) -> Select:
    return select(
        literal(str(what), sa.String).label("what"),
        sa.cast(id_, sa.Integer).label("id"),
        sa.cast(event_id, sa.Integer).label("event_id"),
        sa.cast(flags, sa.Integer).label("flags"),
        sa.type_coerce(at, UTCDateTime).label("at"),
        sa.type_coerce(changed_at, UTCDateTime).label("changed_at"),
        text.label("text"),
    )


def _events(why: dict[Why, Condition]) -> Select:
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    flags: Any = sum(case((condition, int(bit)), else_=0) for bit, condition in why.items())
    return _row(
        What.EVENT, Event.id, Event.id, flags, nowhere, Event.modified_at, literal("")
    ).where(in_calendars(SINCE), or_(false(), *why.values()))


def _around() -> Select:
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    newest = func.coalesce(newest_of_schools(), 0)
    return _row(What.AROUND, newest, removed_lately(SINCE), 0, nowhere, nowhere, literal(""))


def _added(source: feeds.Source, actor: Actor) -> Select:
    of = source.select(actor).subquery().c
    return _row(source.kind, of.id, 0, 0, of.at, of.changed_at, of.text)


def _late(school_ids: tuple[int, ...]) -> Select:
    return (
        _row(
            What.LATE,
            Event.id,
            Event.id,
            0,
            func.min(Place.name_by_at),
            func.max(Place.allotted_at),
            literal(""),
        )
        .join_from(Place, Event, Event.id == Place.event_id)
        .where(
            Event.state == EventState.PUBLISHED,
            Place.school_id.in_(school_ids),
            Place.name_by_at >= NOW,
            Place.name_by_at > func.coalesce(Event.naming_close_at, NOW),
            ~is_seated(),
        )
        .group_by(Event.id)
    )


def _offers(school_ids: tuple[int, ...]) -> Select:
    return (
        _row(
            What.OFFER,
            Offer.id,
            Offer.event_id,
            0,
            Offer.expires_at,
            Offer.offered_at,
            Offer.public_id,
        )
        .join_from(Offer, Event, Event.id == Offer.event_id)
        .where(
            Event.state == EventState.PUBLISHED,
            Offer.school_id.in_(school_ids),
            Offer.state == OfferState.OPEN,
            Offer.expires_at >= NOW,
        )
    )


def _replies(parent_id: int) -> Select:
    return (
        _row(
            What.REPLY,
            Booking.id,
            Booking.event_id,
            0,
            Booking.reply_by_at,
            Booking.invited_at,
            Booking.public_id,
        )
        .join_from(Booking, Event, Event.id == Booking.event_id)
        .join(PupilParent, PupilParent.pupil_id == Booking.pupil_id)
        .where(
            PupilParent.parent_id == parent_id,
            Booking.state == BookingState.INVITED,
            Event.state == EventState.PUBLISHED,
            Booking.reply_by_at >= NOW,
        )
    )


def _school_days(school_ids: set[int]) -> list[Select]:
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    return [
        _row(
            What.TERM,
            Term.id,
            0,
            0,
            nowhere,
            _written_at("terms", Term.id),
            _span(Term.first_on, Term.last_on, Term.name),
        ),
        _row(
            What.CLOSURE,
            Closure.id,
            0,
            0,
            nowhere,
            _written_at("closures", Closure.id),
            _span(Closure.first_on, Closure.last_on, Closure.reason),
        ).where(or_(Closure.school_id.is_(None), Closure.school_id.in_(school_ids))),
    ]


def _span(first_on: Any, last_on: Any, title: Any) -> Any:
    return sa.cast(first_on, sa.String) + "/" + sa.cast(last_on, sa.String) + "/" + title


def _written_at(table: str, id_: Any) -> Any:
    return (
        select(func.max(AuditEntry.at))
        .where(AuditEntry.subject_type == table, AuditEntry.subject_id == sa.cast(id_, sa.String))
        .scalar_subquery()
    )
