"""Pupils and parents are removed for good, or become nobody in particular."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import delete, exists, select

from booking.foundation import chores
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.people.pupils import announcements
from booking.people.pupils.models import Parent, Pupil, PupilParent
from booking.people.schools.models import Person

#: What goes on without the pupil; who was erased has to be told so, and is then nobody there too.
STAYS = {"bookings", "data_requests"}
#: What a pupil without a name is called where pages still speak of the booking.
FORENAME, SURNAME = "Former", "pupil"


def add_nobody(*, like: Pupil, now: datetime) -> Pupil:
    """Add a pupil without a name, of the same school and year, for bookings that lose theirs."""
    nobody = Pupil(
        school_id=like.school_id,
        forename=FORENAME,
        surname=SURNAME,
        year_group=like.year_group,
        school_year=like.school_year,
        added_at=now,
        left_at=now,
        forgotten_at=now,
    )
    db.session.add(nobody)
    db.session.flush()
    return nobody


def remove_for_good(pupil_ids: Sequence[int]) -> int:
    """Delete pupils who have no bookings, with everything else that is about them."""
    if not pupil_ids:
        return 0
    for column in chores.referring(Pupil, but=STAYS):
        chores.delete_all(column.table, column.in_(pupil_ids))
    db.session.execute(
        delete(Pupil).where(Pupil.id.in_(pupil_ids)),
        execution_options={"synchronize_session": False},
    )
    return len(pupil_ids)


def has_children(parent: Parent) -> bool:
    """Return whether a parent still has a child on a list."""
    return bool(db.session.scalar(select(exists().where(PupilParent.parent_id == parent.id))))


def remove_parent_for_good(*, parent: Parent) -> None:
    """Delete a parent: what they agreed to and paid is then nobody's."""
    announcements.forgotten(parent)
    for column in chores.referring(Parent):
        chores.let_go(column, [parent.id])
    if parent.email and not _shared(parent):
        db.session.execute(delete(Message).where(Message.recipient == parent.email))
    db.session.execute(delete(Parent).where(Parent.id == parent.id))


def _shared(parent: Parent) -> bool:
    """Return whether somebody else has the same address."""
    other = exists().where(Parent.email == parent.email, Parent.id != parent.id)
    return bool(db.session.scalar(select(other | exists().where(Person.email == parent.email))))
