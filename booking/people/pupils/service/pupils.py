"""Writes of one pupil: added, changed, removed from the list; and the record of an export."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain import names
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils import announcements, locks, queries
from booking.people.pupils.details import CLASS_MAX, NAME_MAX, ParentDetails, known_parents
from booking.people.pupils.models import Pupil
from booking.people.pupils.refusals import (
    AlreadyLeft,
    ClassTooLong,
    NameTooLong,
    PupilNameMissing,
    SamePupil,
    YearNotTaught,
)
from booking.people.pupils.service import years
from booking.people.pupils.service.parents import addresses, found_or_added, replace
from booking.people.schools.models import School


def add_pupil(
    *,
    actor: Actor,
    now: datetime,
    school: School,
    forename: str,
    surname: str,
    year_group: int,
    parents: Sequence[ParentDetails],
    class_name: str = "",
) -> Pupil:
    """Put a pupil on the school's list, with the parents who will be asked.

    The year group is taken to be of the school year that lists are written of now.
    """
    locks.list_of(school)
    forename, surname = _checked(school, forename, surname, year_group)
    class_name = _checked_class(class_name)
    _refuse_same(school, forename, surname, year_group, class_name)
    pupil = Pupil(
        school_id=school.id,
        forename=forename,
        surname=surname,
        year_group=year_group,
        class_name=class_name,
        school_year=years.year_of_lists(now),
        added_at=now,
        parents=found_or_added(school, parents),
    )
    db.session.add(pupil)
    audit.record(
        actor=actor,
        action="add_pupil",
        subject=pupil,
        school_id=school.id,
        now=now,
        year_group=year_group,
        parents=len(pupil.parents),
    )
    return pupil


def change_pupil(
    *,
    actor: Actor,
    now: datetime,
    pupil: Pupil,
    forename: str,
    surname: str,
    year_group: int,
    parents: Sequence[ParentDetails],
    class_name: str | None = None,
) -> Pupil:
    """Change what the school keeps about a pupil; `parents` is the complete new list.

    Without a class the pupil's stays.
    """
    school = db.session.get_one(School, pupil.school_id)
    locks.list_of(school)
    if pupil.left_at is not None:
        raise AlreadyLeft(pupil)
    forename, surname = _checked(school, forename, surname, year_group)
    class_name = pupil.class_name if class_name is None else _checked_class(class_name)
    if (year_group, same_name(pupil, forename, surname)) != (pupil.year_group, True):
        _refuse_same(school, forename, surname, year_group, class_name, but=pupil)
    before = _as_kept(pupil)
    pupil.forename, pupil.surname, pupil.year_group = forename, surname, year_group
    pupil.class_name = class_name
    had_address = addresses(pupil.parents)
    given = found_or_added(school, parents, own=pupil.parents, exact=True)
    replace(pupil, given, had_address=had_address, actor=actor, now=now)
    changed = [field for field, now_ in _as_kept(pupil).items() if now_ != before[field]]
    if changed:
        audit.record(
            actor=actor,
            action="change_pupil",
            subject=pupil,
            school_id=school.id,
            now=now,
            fields=changed,
        )
    return pupil


def remove_pupil(*, actor: Actor, now: datetime, pupil: Pupil) -> Pupil:
    """Remove a pupil who has left from the school's list; what happened before stays on record."""
    if pupil.left_at is not None:
        raise AlreadyLeft(pupil)
    pupil.left_at, pupil.admission_number = now, None
    audit.record(
        actor=actor, action="remove_pupil", subject=pupil, school_id=pupil.school_id, now=now
    )
    announcements.left(pupil, actor=actor, now=now)
    return pupil


def note_export(*, actor: Actor, now: datetime, school: School, rows: int) -> None:
    """Record that a school's list was downloaded as a file, and how long it was."""
    audit.record(
        actor=actor, action="export_pupils", subject=school, school_id=school.id, now=now, rows=rows
    )


def _checked(school: School, forename: str, surname: str, year_group: int) -> tuple[str, str]:
    forename, surname = names.tidy(forename), names.tidy(surname)
    if not forename:
        raise PupilNameMissing
    if max(len(forename), len(surname)) > NAME_MAX:
        raise NameTooLong
    if not school.low_year <= year_group <= school.high_year:
        raise YearNotTaught(school)
    return forename, surname


def _checked_class(class_name: str) -> str:
    class_name = names.tidy(class_name)
    if len(class_name) > CLASS_MAX:
        raise ClassTooLong
    return class_name


def _as_kept(pupil: Pupil) -> dict[str, object]:
    return {
        "forename": pupil.forename,
        "surname": pupil.surname,
        "year_group": pupil.year_group,
        "class_name": pupil.class_name,
        "parents": known_parents(pupil),
    }


def _refuse_same(
    school: School,
    forename: str,
    surname: str,
    year_group: int,
    class_name: str,
    but: Pupil | None = None,
) -> None:
    """Raise SamePupil for a pupil of this name in this year, unless both are in classes."""
    for other in queries.pupils_of(school.id, year_group, year_group):
        if other is but or not same_name(other, forename, surname):
            continue
        classes = {other.class_name.casefold(), class_name.casefold()}
        if "" in classes or len(classes) == 1:
            raise SamePupil(other)


def same_name(pupil: Pupil, forename: str, surname: str) -> bool:
    """Return whether a pupil goes by this name, ignoring capitals."""
    return (pupil.forename.casefold(), pupil.surname.casefold()) == (
        forename.casefold(),
        surname.casefold(),
    )
