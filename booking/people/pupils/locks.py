"""Lock pupils, and a school's list of them."""

from collections.abc import Collection

from sqlalchemy import select

from booking.foundation.db import db
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


def pupils(pupil_ids: Collection[int]) -> list[Pupil]:
    """Return the pupils, locked in id order, so that none is named at two events at once."""
    return list(
        db.session.scalars(
            select(Pupil)
            .where(Pupil.id.in_(pupil_ids))
            .order_by(Pupil.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )
    )


def list_of(school: School) -> None:
    """Let only one request at a time write a school's list, so that nobody is added twice."""
    db.session.scalar(
        select(School.id).where(School.id == school.id).with_for_update(key_share=True)
    )


def on_list(school: School, pupil: Pupil) -> Pupil:
    """Return a pupil as they are now; nobody else writes the school's list meanwhile.

    The list is locked rather than the pupil, for brothers and sisters share their parents.
    """
    list_of(school)
    db.session.refresh(pupil)
    return pupil
