"""How many places are held, left and received."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement, Select, case, exists, func, select

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places.models import Booking, Offer, OfferState, Place, PlaceRequest
from booking.domain import terms
from booking.domain.booking_states import EXPECTED, LIVE, SEATED, BookingState
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.people.schools.models import School


def places_left(event_ids: Sequence[int]) -> dict[int, int]:
    """Return, for each event, how many places no school holds (an open offer counts as held)."""
    left = dict.fromkeys(event_ids, 0)
    if left:
        counted = (
            _free()
            .where(Place.event_id.in_(left))
            .with_only_columns(Place.event_id, func.count())
            .group_by(Place.event_id)
        )
        left |= {event_id: count for event_id, count in db.session.execute(counted)}
    return left


def free_places(event_id: int) -> list[Place]:
    """Return the places that no school holds or has been offered, in order."""
    statement = _free().where(Place.event_id == event_id).order_by(Place.number)
    return list(db.session.scalars(statement))


def _free() -> Select[Place]:
    offered = exists().where(Offer.place_id == Place.id, Offer.state == OfferState.OPEN)
    return select(Place).where(Place.school_id.is_(None), Place.removed_at.is_(None), ~offered)


def held(event_id: int) -> dict[int, int]:
    """Return how many places each school holds at an event, named or not."""
    statement = (
        select(Place.school_id, func.count())
        .where(Place.event_id == event_id, Place.school_id.is_not(None))
        .group_by(Place.school_id)
    )
    return _by_school(statement)


def is_shared(event_id: int) -> bool:
    """Return whether an event's places have gone to schools, beyond the host's own."""
    own = (Event.host_places > 0) & (Place.school_id == Event.host_school_id)
    return bool(
        db.session.scalar(
            select(
                exists().where(
                    Place.event_id == event_id,
                    Place.school_id.is_not(None),
                    Event.id == event_id,
                    ~own,
                )
                | exists().where(
                    PlaceRequest.event_id == event_id, PlaceRequest.frozen_at.is_not(None)
                )
            )
        )
    )


def received_in_year(at: datetime, *, except_event_id: int | None = None) -> dict[int, int]:
    """Return the places received by each school at events in the school year of `at`.

    What counts is what a school holds: a place given back does not count as received, and a refused
    request earns no credit.
    """
    statement = (
        select(Place.school_id, func.count())
        .join(Event, Event.id == Place.event_id)
        .where(
            Place.school_id.is_not(None),
            *counted_in_year(at),
            Event.id != (except_event_id or 0),
        )
        .group_by(Place.school_id)
    )
    return _by_school(statement)


def counted_in_year(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that an event counts in the school year of `at`.

    It starts in that year, was published and has not been cancelled.
    """
    first_on, last_on = terms.school_year_bounds(terms.school_year(terms.london(at).date()))
    starts_at = datetime.combine(first_on, time(), tzinfo=LONDON)
    ends_at = datetime.combine(last_on + timedelta(days=1), time(), tzinfo=LONDON)
    return (
        Event.state.in_(event_states.TAKES_PLACE),
        Event.first_starts_at >= starts_at,
        Event.first_starts_at < ends_at,
    )


@dataclass(frozen=True)
class SchoolStanding:
    """One school's numbers at one event."""

    held: int = 0
    named: int = 0
    confirmed: int = 0
    waiting: int = 0
    reserves: int = 0

    @property
    def unnamed(self) -> int:
        """Return how many places still lack a name."""
        return self.held - self.named


def standings(school_id: int, event_ids: Sequence[int]) -> dict[int, SchoolStanding]:
    """Return a school's numbers at each of some events, in two queries however many there are."""
    statement = (
        select(Place.event_id, func.count())
        .where(Place.school_id == school_id, Place.event_id.in_(event_ids))
        .group_by(Place.event_id)
    )
    holding = {event_id: count for event_id, count in db.session.execute(statement)}
    counted = db.session.execute(
        _states()
        .add_columns(Booking.event_id)
        .where(Booking.school_id == school_id, Booking.event_id.in_(event_ids))
        .group_by(Booking.event_id)
    )
    found = {row[4]: tuple(map(int, row[:4])) for row in counted}
    return {
        event_id: SchoolStanding(holding.get(event_id, 0), *found.get(event_id, (0, 0, 0, 0)))
        for event_id in event_ids
    }


@dataclass(frozen=True)
class SchoolAtEvent:
    """One school's numbers at an event, as its host may know them, without names."""

    school: str
    standing: SchoolStanding


def schools_at(event_id: int) -> list[SchoolAtEvent]:
    """Return the schools that hold places or have named pupils, by name: three queries."""
    holding = held(event_id)
    counted = db.session.execute(
        _states()
        .add_columns(Booking.school_id)
        .where(Booking.event_id == event_id, Booking.state.in_(LIVE))
        .group_by(Booking.school_id)
    )
    named = {row[4]: tuple(map(int, row[:4])) for row in counted}
    schools = db.session.execute(
        select(School.id, School.name)
        .where(School.id.in_(holding.keys() | named.keys()))
        .order_by(School.name)
    )
    return [
        SchoolAtEvent(name, SchoolStanding(holding.get(id_, 0), *named.get(id_, (0, 0, 0, 0))))
        for id_, name in schools
    ]


def _states() -> Select[int, int, int, int]:
    """Select how many are seated, expected, invited and in reserve."""
    return select(
        _count_if(Booking.state.in_(SEATED)),
        _count_if(Booking.state.in_(EXPECTED)),
        _count_if(Booking.state == BookingState.INVITED),
        _count_if(Booking.state == BookingState.RESERVE),
    )


def _count_if(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _by_school(statement: Select[int | None, int]) -> dict[int, int]:
    rows = db.session.execute(statement)
    return {school_id: count for school_id, count in rows if school_id is not None}
