"""Reads of pupils: a school's own list, one pupil, one parent. Always for one school."""

import hashlib
from collections.abc import Iterable

from sqlalchemy import Integer, Select, bindparam, func, or_, select
from sqlalchemy.orm import selectinload, undefer

from booking.domain import year_groups
from booking.foundation import holdings
from booking.foundation.db import db, rows
from booking.people.pupils.details import SharedName
from booking.people.pupils.models import MovedPupil, Parent, Pupil, YearMove

#: More than a whole large year group; a list to choose from ends there.
CHOICES_MAX = 2000
LOWEST, HIGHEST = year_groups.NURSERY, year_groups.YEAR_13


def current(
    school_id: int, low_year: int = LOWEST, high_year: int = HIGHEST, text: str = ""
) -> Select[Pupil]:
    """Select the pupils on a school's list by surname, for a paged list."""
    statement = (
        select(Pupil)
        .where(
            Pupil.school_id == school_id,
            Pupil.left_at.is_(None),
            Pupil.year_group.between(low_year, high_year),
        )
        .order_by(func.lower(Pupil.surname), func.lower(Pupil.forename), Pupil.id)
        .options(selectinload(Pupil.parents))
    )
    for word in text.split():
        statement = statement.where(
            or_(
                Pupil.forename.icontains(word, autoescape=True),
                Pupil.surname.icontains(word, autoescape=True),
            )
        )
    return statement


def pupils_of(
    school_id: int, low_year: int = LOWEST, high_year: int = HIGHEST, text: str = ""
) -> list[Pupil]:
    """Return the pupils on a school's list in a range of years, with their parents."""
    statement = current(school_id, low_year, high_year, text).limit(CHOICES_MAX)
    return list(db.session.scalars(statement))


def restricted(pupils: Iterable[Pupil]) -> set[int]:
    """Return which of some pupils are restricted: nothing new is done with what is held of them."""
    ids = [pupil.id for pupil in pupils]
    found = select(Pupil.id).where(Pupil.id.in_(ids), holdings.restricted(Pupil))
    return set(db.session.scalars(found)) if ids else set()


def to_compare(school_id: int) -> list[Pupil]:
    """Return all pupils on a school's list as an import compares them: with their numbers."""
    statement = current(school_id).options(undefer(Pupil.admission_number))
    return list(db.session.scalars(statement))


def everybody(school_id: int) -> list[Pupil]:
    """Return every pupil on a school's list, without their parents."""
    statement = (
        select(Pupil)
        .where(Pupil.school_id == school_id, Pupil.left_at.is_(None))
        .order_by(Pupil.year_group, func.lower(Pupil.surname), func.lower(Pupil.forename), Pupil.id)
    )
    return list(db.session.scalars(statement))


def shared_names(school_id: int) -> set[SharedName]:
    """Return the names that several pupils of one year on a school's list have."""
    forename, surname = func.lower(Pupil.forename), func.lower(Pupil.surname)
    found = db.session.execute(
        select(forename, surname, Pupil.year_group)
        .where(Pupil.school_id == school_id, Pupil.left_at.is_(None))
        .group_by(forename, surname, Pupil.year_group)
        .having(func.count() > 1)
    )
    return {(f"{first} {last}".casefold(), year) for first, last, year in found}


def year_move(school_id: int, school_year: str) -> YearMove | None:
    """Return the record that a school's pupils moved up into a school year."""
    return db.session.scalar(
        select(YearMove).where(YearMove.school_id == school_id, YearMove.school_year == school_year)
    )


def latest_move(school_id: int) -> YearMove | None:
    """Return a school's latest move, as it is now, with what it changed of each pupil."""
    return db.session.scalar(
        select(YearMove)
        .where(YearMove.school_id == school_id)
        .order_by(YearMove.moved_at.desc(), YearMove.id.desc())
        .limit(1)
        .options(selectinload(YearMove.pupils).joinedload(MovedPupil.pupil))
        .execution_options(populate_existing=True)
    )


def fingerprint(pupils: Iterable[Pupil]) -> str:
    """Return a short mark of who is on a list in which year, to see whether it has changed."""
    lines = sorted(f"{one.public_id} {one.year_group} {one.school_year}" for one in pupils)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:20]


_ANY = select(Pupil.id).where(Pupil.school_id == bindparam("school_id", type_=Integer)).limit(1)


def has_pupils(school_id: int) -> bool:
    """Return whether a school has ever had pupils on its list."""
    return bool(rows(_ANY, school_id=school_id))


def by_public_id(public_id: str, school_id: int | None = None) -> Pupil | None:
    """Return a pupil, even one who has left; with a school, only a pupil of that school."""
    statement = (
        select(Pupil).where(Pupil.public_id == public_id).options(selectinload(Pupil.parents))
    )
    if school_id is not None:
        statement = statement.where(Pupil.school_id == school_id)
    return db.session.scalar(statement)


def parent_by_email(school_id: int, email: str) -> Parent | None:
    """Return a school's parent by address (lower case)."""
    return db.session.scalar(
        select(Parent).where(Parent.school_id == school_id, Parent.email == email)
    )


def parents_on_paper(school_id: int, phone: str) -> list[Parent]:
    """Return a school's parents without an address who have this telephone number."""
    return list(
        db.session.scalars(
            select(Parent)
            .where(Parent.school_id == school_id, Parent.email == "", Parent.phone == phone)
            .order_by(Parent.id)
        )
    )


def counts_by_year(school_id: int) -> dict[int, int]:
    """Return how many pupils are on a school's list, by year group, lowest first."""
    rows = db.session.execute(
        select(Pupil.year_group, func.count())
        .where(Pupil.school_id == school_id, Pupil.left_at.is_(None))
        .group_by(Pupil.year_group)
        .order_by(Pupil.year_group)
    )
    return {year: count for year, count in rows}
