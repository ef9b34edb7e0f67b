"""What one school wrote: its pupils and their wishes."""

from collections.abc import Collection

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from booking.days.seasons.models import PlannedPupil, PlannedSchool, Wish
from booking.foundation import holdings
from booking.foundation.db import db
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil


def planned_school(plan_id: int, school_id: int) -> PlannedSchool | None:
    """Return what a school says for all its pupils."""
    return db.session.get(PlannedSchool, (plan_id, school_id))


def planned_pupils(plan_id: int, pupil_ids: Collection[int]) -> dict[int, PlannedPupil]:
    """Return which of some pupils are in a plan, with their wishes, by pupil id."""
    rows = db.session.scalars(
        select(PlannedPupil)
        .where(PlannedPupil.plan_id == plan_id, PlannedPupil.pupil_id.in_(pupil_ids))
        .options(selectinload(PlannedPupil.wishes))
        .order_by(PlannedPupil.id)
    )
    return {row.pupil_id: row for row in rows}


def wishing(plan_id: int) -> dict[int, int]:
    """Return how many pupils wish for each event of a plan, by event id."""
    rows = db.session.execute(
        select(Wish.event_id, func.count())
        .join(PlannedPupil, PlannedPupil.id == Wish.planned_pupil_id)
        .join(Pupil, Pupil.id == PlannedPupil.pupil_id)
        .where(PlannedPupil.plan_id == plan_id, Pupil.left_at.is_(None))
        .group_by(Wish.event_id)
    )
    return {event_id: count for event_id, count in rows}


def of_school(plan_id: int, school_id: int) -> dict[str, Pupil]:
    """Return a school's pupils in a plan, by reference and in order of name."""
    rows = db.session.execute(
        select(PlannedPupil.reference, Pupil)
        .join(Pupil, Pupil.id == PlannedPupil.pupil_id)
        .where(PlannedPupil.plan_id == plan_id, Pupil.school_id == school_id)
        .order_by(func.lower(Pupil.surname), func.lower(Pupil.forename), Pupil.id)
    )
    return {reference: pupil for reference, pupil in rows}


def listed(school_id: int, low_year: int, high_year: int, text: str = "") -> Select[Pupil]:
    """Select the pupils of whom a school may write wishes: all but those who are restricted."""
    statement = pupil_queries.current(school_id, low_year, high_year, text)
    return statement.where(~holdings.restricted(Pupil))


def public_ids_in_order(school_id: int, low_year: int, high_year: int) -> list[str]:
    """Return the public ids of a school's pupils in a range of years, by name."""
    statement = listed(school_id, low_year, high_year)
    return list(db.session.scalars(statement.with_only_columns(Pupil.public_id)))
