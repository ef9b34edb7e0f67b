"""Reads needed to write an event: addresses in use, guests, school hours, who to tell."""

from datetime import time

from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.domain.permissions import Role
from booking.domain.terms import SchoolCalendar
from booking.foundation.db import db
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School


def slugs_like(stem: str) -> set[str]:
    """Return the addresses in use that begin with `stem`."""
    return set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(stem))))


def has_guest_school(host_school_id: int, years: tuple[int, int]) -> bool:
    """Return whether a school other than the host has a year group in `years`.

    While the network has no other school, any years will do.
    """
    in_range = (School.low_year <= years[1]) & (School.high_year >= years[0])
    statement = select(func.count(), func.count().filter(in_range)).where(
        School.id != host_school_id, School.left_on.is_(None)
    )
    others, eligible = db.session.execute(statement).one()
    return bool(eligible or not others)


def count_schools(years: tuple[int, int]) -> int:
    """Return how many schools in the network have a year group in `years`."""
    in_range = (School.low_year <= years[1]) & (School.high_year >= years[0])
    statement = select(func.count()).where(in_range, School.left_on.is_(None))
    return db.session.scalar(statement) or 0


def has_years(school_id: int, years: tuple[int, int]) -> bool:
    """Return whether a school has a year group in `years`."""
    school = db.session.get_one(School, school_id)
    return school.low_year <= years[1] and school.high_year >= years[0]


def school_hours(school_id: int) -> tuple[tuple[time, time], SchoolCalendar]:
    """Return when a school's day starts and ends, and the days it is open."""
    school = db.session.get_one(School, school_id)
    hours = (time.fromisoformat(school.day_starts), time.fromisoformat(school.day_ends))
    return hours, school_queries.calendar(school_id)


def coordinators_of_guests(event: Event) -> list[Person]:
    """Return the coordinators of every other school with pupils in the event's years, once each."""
    statement = (
        select(Person)
        .where(
            Person.disabled_at.is_(None),
            Person.grants.any(
                (RoleGrant.role == Role.COORDINATOR)
                & RoleGrant.school.has(
                    (School.id != event.host_school_id)
                    & School.left_on.is_(None)
                    & school_queries.has_years(event.low_year, event.high_year)
                )
            ),
        )
        .order_by(Person.id)
    )
    return list(db.session.scalars(statement))
