"""Lock who is erased."""

from sqlalchemy import exists, select

from booking.foundation.audit.models import ErasedRow
from booking.foundation.db import db
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person, School
from booking.rights.subjects.refusals import AlreadyErased


def pupil(found: Pupil) -> Pupil:
    """Return a pupil as they are now; nobody else erases anybody of the school meanwhile.

    Raises AlreadyErased.
    """
    pupil_id, public_id, school_id = found.id, found.public_id, found.school_id
    pupil_locks.list_of(db.session.get_one(School, school_id))
    now = db.session.scalar(
        select(Pupil).where(Pupil.id == pupil_id).execution_options(populate_existing=True)
    )
    if now is None or _is_erased(Pupil.__tablename__, public_id):
        raise AlreadyErased
    return now


def person(found: Person) -> Person:
    """Return an account as it is now, locked. Raises AlreadyErased."""
    now = db.session.scalars(
        select(Person)
        .where(Person.id == found.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    if now.forgotten_at is not None:
        raise AlreadyErased
    return now


def parent(found: Parent) -> Parent:
    """Return a parent as they are now; nobody else erases anybody of the school meanwhile.

    Raises AlreadyErased.
    """
    parent_id, school_id = found.id, found.school_id
    pupil_locks.list_of(db.session.get_one(School, school_id))
    now = db.session.scalar(
        select(Parent).where(Parent.id == parent_id).execution_options(populate_existing=True)
    )
    if now is None:
        raise AlreadyErased
    return now


def adult(found: AccompanyingAdult) -> AccompanyingAdult:
    """Return an adult as they are now, locked; the school names no adult meanwhile.

    Raises AlreadyErased.
    """
    adult_id, school_id = found.id, found.school_id
    pupil_locks.list_of(db.session.get_one(School, school_id))
    now = db.session.scalar(
        select(AccompanyingAdult)
        .where(AccompanyingAdult.id == adult_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if now is None:
        raise AlreadyErased
    return now


def _is_erased(kind: str, public_id: str) -> bool:
    found = exists().where(ErasedRow.kind == kind, ErasedRow.public_id == public_id)
    return bool(db.session.scalar(select(found)))
