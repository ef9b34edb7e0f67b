"""The rows of a private calendar: one statement for all that is in it, whoever's it is."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import IntFlag, StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy import ColumnElement, and_, case, exists, false, func, literal, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from booking.audit.models import AuditEntry
from booking.calendars.models import Kind
from booking.calendars.queries.marks import in_calendars, newest_of_schools, removed_lately
from booking.db import UTCDateTime, db
from booking.domain.booking_states import EXPECTED, SEATED, State
from booking.domain.permissions import Actor, Role
from booking.events.models import Event, EventState, Sharing
from booking.places.models import Booking, Offer, OfferState, Place, PlaceRequest
from booking.places.queries.bookings import is_seated
from booking.pupils.models import Parent, PupilParent
from booking.rosters.models import AccompanyingAdult
from booking.schools.models import Closure, School, Term

Select = sa.Select[Any]
Condition = ColumnElement[bool]

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
    why = {
        Why.HOSTED: _hosts(actor) if Kind.HOSTED in wanted else false(),
        Why.ATTENDED: _holds(mine) if Kind.ATTENDED in wanted else false(),
        Why.ROSTERED: _helps(actor, mobile) if Kind.ROSTERED in wanted else false(),
        Why.REQUESTS: and_(_may_ask(mine), _open(Event.requests_close_at, now))
        if Kind.REQUESTS in wanted
        else false(),
    }
    found = [_around(now)]
    if Kind.NAMES in wanted and mine:
        unnamed = _holds(mine, unnamed=True)
        why[Why.NAMING] = and_(unnamed, _open(Event.naming_close_at, now))
        why[Why.RELEASE] = and_(
            unnamed, Event.sharing == Sharing.SET_QUOTAS, _open(Event.release_at, now)
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
            Why.ATTENDED: _child(parent, sits),
            Why.CONFIRMED: _child(parent, Booking.state.in_(EXPECTED)),
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


def _hosts(actor: Actor) -> Condition:
    if actor.has(Role.LEAD):
        return true()
    return Event.host_school_id.in_(actor.school_ids(Role.HOST))


def _helps(actor: Actor, mobile: str) -> Condition:
    """The event where somebody is day staff, or comes along with their school's pupils."""
    event_ids = [g.event_id for g in actor.grants if g.role is Role.DAY_STAFF and g.event_id]
    school_ids = {g.school_id for g in actor.grants if g.school_id is not None}
    comes_along = exists().where(
        AccompanyingAdult.event_id == Event.id,
        AccompanyingAdult.school_id.in_(school_ids),
        AccompanyingAdult.mobile == mobile,
    )
    return or_(Event.id.in_(event_ids), comes_along if mobile and school_ids else false())


def _holds(school_ids: tuple[int, ...], *, unnamed: bool = False) -> Condition:
    if not school_ids:
        return false()
    held = exists().where(
        Place.event_id == Event.id, Place.school_id.in_(school_ids), Place.removed_at.is_(None)
    )
    return held.where(~is_seated()) if unnamed else held


def _may_ask(school_ids: tuple[int, ...]) -> Condition:
    """Some school of theirs has the years, and has not asked yet."""
    if not school_ids:
        return false()
    has_asked = exists().where(
        PlaceRequest.event_id == Event.id, PlaceRequest.school_id == School.id
    )
    return exists().where(
        School.id.in_(school_ids),
        School.id != Event.host_school_id,
        School.low_year <= Event.high_year,
        School.high_year >= Event.low_year,
        ~has_asked.correlate(Event, School),
    )


def _open(deadline: InstrumentedAttribute[datetime | None], now: datetime) -> Condition:
    """A deadline that is to come; or that was, when its event was cancelled."""
    return or_(
        and_(Event.state == EventState.PUBLISHED, deadline >= now),
        and_(Event.state == EventState.CANCELLED, deadline >= Event.cancelled_at),
    )


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


def _child(parent: Parent, condition: Condition) -> Condition:
    return exists().where(
        Booking.event_id == Event.id,
        PupilParent.pupil_id == Booking.pupil_id,
        PupilParent.parent_id == parent.id,
        condition,
    )


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
