"""The rows of a private calendar: one statement for all that is in it, whoever's it is."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntFlag, StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import and_, case, false, func, literal, or_, select

from booking.audit.models import AuditEntry
from booking.calendars.models import Kind
from booking.calendars.queries import conditions
from booking.calendars.queries.conditions import Condition
from booking.calendars.queries.marks import in_calendars, newest_of_schools, removed_lately
from booking.db import UTCDateTime, db
from booking.domain.booking_states import EXPECTED, SEATED, State
from booking.domain.permissions import Actor, Role
from booking.events.models import Event, EventState, Sharing
from booking.places.models import Booking, Offer, OfferState, Place
from booking.places.queries.bookings import is_seated
from booking.pupils.models import Parent, PupilParent
from booking.schools.models import Closure, Term

Select = sa.Select[Any]

__all__ = ["DAYS", "OF_AN_EVENT", "UTC", "Row", "What", "Why", "of_parent", "of_person", "read"]


class What(StrEnum):
    """What a row is about."""

    EVENT = "event"
    #: A place that came late to a school: named until a date of its own.
    LATE = "late"
    OFFER = "offer"
    REPLY = "reply"
    TERM = "term"
    CLOSURE = "closure"
    #: What files say of schools, and removed dates: in the mark, and nowhere else.
    AROUND = "around"


OF_AN_EVENT = frozenset({What.LATE, What.OFFER, What.REPLY})
DAYS = frozenset({What.TERM, What.CLOSURE})


class Why(IntFlag):
    """Why an event is in somebody's calendar, and which of its deadlines are theirs."""

    HOSTED = 1
    ATTENDED = 2
    ROSTERED = 4
    REQUESTS = 8
    NAMING = 16
    RELEASE = 32
    #: Of a parent's event: some child's place is confirmed.
    CONFIRMED = 64


TAKES_PART = Why.HOSTED | Why.ATTENDED | Why.ROSTERED


class Row(NamedTuple):
    """A row as the database gives it."""

    what: What
    id: int
    event_id: int
    flags: int
    at: datetime | None
    changed_at: datetime | None
    text: str


def read(statements: list[Select]) -> Iterable[Row]:
    """Yield the rows of these statements, by one query."""
    if not statements:
        return
    together = sa.union_all(*statements).subquery()
    found = db.session.execute(select(together).order_by(*together.c[:4], together.c.text))
    for what, *rest in found:
        yield Row(What(what), *rest)


def of_person(actor: Actor, wanted: set[Kind], *, mobile: str, now: datetime) -> list[Select]:
    """Return the statements for a person of these roles who wants these kinds."""
    mine = actor.school_ids(Role.COORDINATOR)
    asked = conditions.is_open(Event.requests_close_at, now)
    possible = {
        Kind.HOSTED: (Why.HOSTED, conditions.hosts(actor)),
        Kind.ATTENDED: (Why.ATTENDED, conditions.holds(mine)),
        Kind.ROSTERED: (Why.ROSTERED, conditions.helps(actor, mobile)),
        Kind.REQUESTS: (Why.REQUESTS, and_(conditions.may_ask(mine), asked)),
    }
    why: dict[Why, Condition] = {bit: on for kind, (bit, on) in possible.items() if kind in wanted}
    found = [_around(now)]
    if Kind.NAMES in wanted and mine:
        unnamed = conditions.holds(mine, unnamed=True)
        why[Why.NAMING] = and_(unnamed, conditions.is_open(Event.naming_close_at, now))
        why[Why.RELEASE] = and_(
            unnamed, Event.sharing == Sharing.SET_QUOTAS, conditions.is_open(Event.release_at, now)
        )
        found.append(_late(mine, now))
    if Kind.OFFERS in wanted and mine:
        found.append(_offers(mine, now))
    if Kind.SCHOOL_DAYS in wanted:
        found += _school_days({g.school_id for g in actor.grants if g.school_id is not None})
    return [_events(why, now), *found]


def of_parent(parent: Parent, wanted: set[Kind], *, now: datetime) -> list[Select]:
    """Return the statements for a parent who wants these kinds."""
    found = [_around(now)]
    if Kind.ATTENDED in wanted:
        sits = or_(
            Booking.state.in_(SEATED),
            and_(Booking.state == State.CANCELLED, Event.state == EventState.CANCELLED),
        )
        why = {
            Why.ATTENDED: conditions.has_child(parent, sits),
            Why.CONFIRMED: conditions.has_child(parent, Booking.state.in_(EXPECTED)),
        }
        found.append(_events(why, now))
    if Kind.REPLIES in wanted:
        found.append(_replies(parent, now))
    if Kind.SCHOOL_DAYS in wanted:
        found += _school_days({parent.school_id})
    return found


def _row(
    what: What, id_: Any, event_id: Any, flags: Any, at: Any, changed_at: Any, text: Any
) -> Select:
    return select(
        literal(what.value, sa.String).label("what"),
        sa.cast(id_, sa.Integer).label("id"),
        sa.cast(event_id, sa.Integer).label("event_id"),
        sa.cast(flags, sa.Integer).label("flags"),
        sa.type_coerce(at, UTCDateTime).label("at"),
        sa.type_coerce(changed_at, UTCDateTime).label("changed_at"),
        text.label("text"),
    )


def _events(why: dict[Why, Condition], now: datetime) -> Select:
    flags: Any = sum(case((condition, int(bit)), else_=0) for bit, condition in why.items())
    return _row(
        What.EVENT, Event.id, Event.id, flags, Event.modified_at, Event.modified_at, literal("")
    ).where(in_calendars(now), or_(false(), *why.values()))


def _around(now: datetime) -> Select:
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    newest = func.coalesce(newest_of_schools(), 0)
    return _row(What.AROUND, newest, removed_lately(now), 0, nowhere, nowhere, literal(""))


def _late(school_ids: tuple[int, ...], now: datetime) -> Select:
    return (
        _row(
            What.LATE, Event.id, Event.id, 0, func.min(Place.name_by_at),
            func.max(Place.allotted_at), literal(""),
        )
        .join_from(Place, Event, Event.id == Place.event_id)
        .where(
            Event.state == EventState.PUBLISHED,
            Place.school_id.in_(school_ids),
            Place.name_by_at >= now,
            Place.name_by_at > func.coalesce(Event.naming_close_at, now),
            ~is_seated(),
        )
        .group_by(Event.id)
    )  # fmt: skip


def _offers(school_ids: tuple[int, ...], now: datetime) -> Select:
    return (
        _row(
            What.OFFER, Offer.id, Offer.event_id, 0, Offer.expires_at, Offer.offered_at,
            Offer.public_id,
        )
        .join_from(Offer, Event, Event.id == Offer.event_id)
        .where(
            Event.state == EventState.PUBLISHED,
            Offer.school_id.in_(school_ids),
            Offer.state == OfferState.OPEN,
            Offer.expires_at >= now,
        )
    )  # fmt: skip


def _replies(parent: Parent, now: datetime) -> Select:
    return (
        _row(
            What.REPLY, Booking.id, Booking.event_id, 0, Booking.reply_by_at, Booking.invited_at,
            Booking.public_id,
        )
        .join_from(Booking, Event, Event.id == Booking.event_id)
        .join(PupilParent, PupilParent.pupil_id == Booking.pupil_id)
        .where(
            PupilParent.parent_id == parent.id,
            Booking.state == State.INVITED,
            Event.state == EventState.PUBLISHED,
            Booking.reply_by_at >= now,
        )
    )  # fmt: skip


def _school_days(school_ids: set[int]) -> list[Select]:
    nowhere = sa.cast(sa.null(), sa.DateTime(timezone=True))
    return [
        _row(
            What.TERM, Term.id, 0, 0, nowhere, _written_at("terms", Term.id),
            _span(Term.first_on, Term.last_on, Term.name),
        ),
        _row(
            What.CLOSURE, Closure.id, 0, 0, nowhere, _written_at("closures", Closure.id),
            _span(Closure.first_on, Closure.last_on, Closure.reason),
        ).where(or_(Closure.school_id.is_(None), Closure.school_id.in_(school_ids))),
    ]  # fmt: skip


def _span(first_on: Any, last_on: Any, title: Any) -> Any:
    return sa.cast(first_on, sa.String) + "/" + sa.cast(last_on, sa.String) + "/" + title


def _written_at(table: str, id_: Any) -> Any:
    return (
        select(func.max(AuditEntry.at))
        .where(AuditEntry.subject_type == table, AuditEntry.subject_id == sa.cast(id_, sa.String))
        .scalar_subquery()
    )
