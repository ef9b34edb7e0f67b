"""Reads of events: one, lists of them, and what is needed to write them."""

from datetime import time

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.db import db
from booking.domain.terms import SchoolCalendar
from booking.events.models import Event
from booking.schools import queries as schools
from booking.schools.models import School


def by_slug(slug: str) -> Event | None:
    """Return the event of that address in any state, with all that its page shows."""
    statement = (
        select(Event)
        .where(Event.slug == slug)
        .options(
            joinedload(Event.host_school),
            selectinload(Event.dates),
            selectinload(Event.fee_parts),
            selectinload(Event.cost_lines),
        )
    )
    return db.session.scalars(statement).one_or_none()


def slugs_like(stem: str) -> set[str]:
    """Return the addresses in use that begin with `stem`."""
    return set(db.session.scalars(select(Event.slug).where(Event.slug.startswith(stem))))


def has_guest_school(host_school_id: int, years: tuple[int, int]) -> bool:
    """Say whether a school other than the host has a year group of `years`.

    While the network has no other school, any years will do.
    """
    in_range = (School.low_year <= years[1]) & (School.high_year >= years[0])
    statement = select(func.count(), func.count().filter(in_range)).where(
        School.id != host_school_id, School.left_on.is_(None)
    )
    others, eligible = db.session.execute(statement).one()
    return bool(eligible or not others)


def school_hours(school_id: int) -> tuple[tuple[time, time], SchoolCalendar]:
    """Return when a school's day starts and ends, and the days it is open."""
    school = db.session.get_one(School, school_id)
    hours = (time.fromisoformat(school.day_starts), time.fromisoformat(school.day_ends))
    return hours, schools.calendar(school_id)
