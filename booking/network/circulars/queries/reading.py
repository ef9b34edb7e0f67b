"""Who reads a circular: one statement for each readership, asked when it is previewed and sent."""

from collections.abc import Callable, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, String, exists, false, func, literal, null, select
from sqlalchemy.orm import aliased

from booking.days.events import states as event_states
from booking.days.places.models import Booking, Place, PlaceRequest
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.circulars import TO_FAMILIES, Readership
from booking.domain.permissions import Role
from booking.foundation import clock, holdings
from booking.foundation.db import db
from booking.network.circulars.details import CircularReader, Reach
from booking.network.circulars.models import Circular
from booking.people.pupils.models import Parent, Pupil, PupilParent
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School

#: How many of those it does not reach are named.
MISSED_SHOWN = 50
Rows = Select[*tuple[Any, ...]]


def readers(circular: Circular) -> list[CircularReader]:
    """Return everybody whom a circular is for now, each once, by name."""
    found: dict[str, CircularReader] = {}
    for row in db.session.execute(_STATEMENTS[circular.readership](circular)):
        reader = CircularReader(*row)
        found.setdefault(reader.key, reader)
    return list(found.values())


def reach(circular: Circular) -> Reach:
    """Return whom a circular would reach now, and the schools or families it would not."""
    found = readers(circular)
    missed = db.session.scalars(_missed(circular).limit(MISSED_SHOWN))
    return Reach(len(found), found[0] if found else None, tuple(missed))


def _people(*conditions: ColumnElement[bool]) -> Rows:
    """Select the people with some role, each with the school for which they hold it."""
    return (
        select(
            Person.id,
            null(),
            null(),
            RoleGrant.school_id,
            Person.name,
            Person.email,
            func.coalesce(School.name, ""),
            literal("", String),
        )
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(School, School.id == RoleGrant.school_id)
        .where(Person.disabled_at.is_(None), *conditions)
        .order_by(Person.name, Person.id, School.name)
    )


def _everybody(_circular: Circular) -> Rows:
    return (
        select(
            Person.id,
            null(),
            null(),
            null(),
            Person.name,
            Person.email,
            literal("", String),
            literal("", String),
        )
        .where(Person.disabled_at.is_(None))
        .order_by(Person.name, Person.id)
    )


def _with_roles(circular: Circular) -> Rows:
    return _people(RoleGrant.role.in_([Role(word) for word in circular.chosen]))


def _of_schools(circular: Circular) -> Rows:
    """Select the coordinators of the schools that the readership is made of."""
    return _people(RoleGrant.role == Role.COORDINATOR, _is_of(circular))


def _is_of(circular: Circular) -> ColumnElement[bool]:
    """Return the condition that a school is one of those written to."""
    if circular.readership is Readership.PHASES:
        return School.left_on.is_(None) & School.phase.in_(circular.chosen)
    event = circular.event
    assert event is not None, "schools come to an event"
    holds = exists().where(Place.event_id == event.id, Place.school_id == School.id)
    if circular.readership is Readership.SCHOOLS_COMING:
        return holds
    asked = exists().where(PlaceRequest.event_id == event.id, PlaceRequest.school_id == School.id)
    has_its_years = school_queries.has_years(event.low_year, event.high_year)
    is_guest = School.left_on.is_(None) & (School.id != event.host_school_id)
    return is_guest & has_its_years & ~asked & ~holds


def _families(circular: Circular) -> Rows:
    """Select the parents with an address, each with a child's place that the circular is about."""
    return (
        select(
            null(),
            Parent.id,
            Booking.id,
            Booking.school_id,
            Parent.name,
            Parent.email,
            School.name,
            Pupil.forename,
        )
        .select_from(Booking)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .join(PupilParent, PupilParent.pupil_id == Pupil.id)
        .join(Parent, Parent.id == PupilParent.parent_id)
        .join(School, School.id == Booking.school_id)
        .where(*_is_about(circular), Parent.email != "")
        .order_by(Pupil.surname, Pupil.forename, Booking.id, Parent.id)
    )


def _is_about(circular: Circular) -> tuple[ColumnElement[bool], ...]:
    states, agreed = [BookingState.INVITED], False
    if circular.readership is Readership.FAMILIES_COMING:
        states = [state for state in SEATED if state is not BookingState.INVITED]
        event = circular.event
        agreed = event is not None and not event_states.is_over(event, clock.now())
    # Whoever is restricted is only written to about a day that is agreed and still to come.
    unrestricted = () if agreed else (~holdings.restricted(Pupil),)
    return (
        *unrestricted,
        Booking.event_id == circular.event_id,
        Booking.school_id == circular.school_id,
        Booking.state.in_(states),
    )


_STATEMENTS: Mapping[Readership, Callable[[Circular], Rows]] = {
    Readership.EVERYBODY: _everybody,
    Readership.ROLES: _with_roles,
    Readership.PHASES: _of_schools,
    Readership.SCHOOLS_COMING: _of_schools,
    Readership.SCHOOLS_SILENT: _of_schools,
    Readership.FAMILIES_COMING: _families,
    Readership.FAMILIES_SILENT: _families,
}


def _missed(circular: Circular) -> Select[str]:
    """Select the names of the schools, or pupils, that have nobody to write to."""
    if circular.readership in TO_FAMILIES:
        return _pupils_missed(circular)
    if circular.readership in (Readership.EVERYBODY, Readership.ROLES):
        return select(School.name).where(false())
    able = (
        select(RoleGrant.id)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(
            RoleGrant.school_id == School.id,
            RoleGrant.role == Role.COORDINATOR,
            Person.disabled_at.is_(None),
        )
    )
    return select(School.name).where(_is_of(circular), ~able.exists()).order_by(School.name)


def _pupils_missed(circular: Circular) -> Select[str]:
    other = aliased(Parent)
    has_address = (
        select(PupilParent.pupil_id)
        .join(other, other.id == PupilParent.parent_id)
        .where(PupilParent.pupil_id == Pupil.id, other.email != "")
    )
    return (
        select(Pupil.forename + " " + Pupil.surname)
        .join(Booking, Booking.pupil_id == Pupil.id)
        .where(*_is_about(circular), ~has_address.exists())
        .order_by(Pupil.surname, Pupil.forename)
    )
