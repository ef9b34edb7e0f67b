"""Writes of pupils: add, change and remove one; move everybody up a year."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.audit import service as audit
from booking.db import db
from booking.domain import names, year_groups
from booking.domain.permissions import Actor
from booking.pupils import announcements, contacts, queries
from booking.pupils.models import Parent, Pupil
from booking.schools.models import School

#: The form, the import and the parent's page have room for two.
PARENTS_MAX = 2
NAME_MAX = 80


class NameMissing(ValueError):
    """A pupil needs a forename."""

    def __init__(self) -> None:
        super().__init__("Enter the forename that the pupil is known by.")


class NameTooLong(ValueError):
    """A name does not fit on a roster."""

    def __init__(self) -> None:
        super().__init__(f"Keep each name to {NAME_MAX} characters.")


class YearNotTaught(ValueError):
    """The school has no such year group."""

    def __init__(self, school: School) -> None:
        years = year_groups.range_name(school.low_year, school.high_year)
        super().__init__(f"{school.name} has {years}. Choose one of these.")


class SamePupil(ValueError):
    """The school already has a pupil of this name in this year."""

    def __init__(self, pupil: Pupil) -> None:
        year = year_groups.name(pupil.year_group)
        super().__init__(
            f"{pupil.name} in {year} is on your list already. If this is another pupil of the same "
            "name, add a middle initial to tell the two apart."
        )


class AlreadyLeft(ValueError):
    """The pupil left before."""

    def __init__(self, pupil: Pupil) -> None:
        super().__init__(f"{pupil.name} is no longer on your list.")


@dataclass(frozen=True)
class ParentDetails:
    """A parent or carer as typed or imported; the e-mail address is where the link goes."""

    name: str
    email: str
    phone: str = ""


def add_pupil(
    *,
    actor: Actor,
    now: datetime,
    school: School,
    forename: str,
    surname: str,
    year_group: int,
    parents: Sequence[ParentDetails],
) -> Pupil:
    """Put a pupil on the school's list, with the parents who will be asked."""
    _lock(school)
    forename, surname = _checked(school, forename, surname, year_group)
    _refuse_same(school, forename, surname, year_group)
    pupil = Pupil(
        school_id=school.id,
        forename=forename,
        surname=surname,
        year_group=year_group,
        added_at=now,
        parents=_parents(school, parents),
    )
    db.session.add(pupil)
    audit.record(
        actor=actor, action="add_pupil", subject=pupil, school_id=school.id, now=now,
        year_group=year_group, parents=len(pupil.parents),
    )  # fmt: skip
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
) -> Pupil:
    """Change what the school keeps about a pupil; `parents` are all of them, from now on."""
    school = db.session.get_one(School, pupil.school_id)
    _lock(school)
    if pupil.left_at is not None:
        raise AlreadyLeft(pupil)
    forename, surname = _checked(school, forename, surname, year_group)
    _refuse_same(school, forename, surname, year_group, but=pupil)
    before = (pupil.forename, pupil.surname, pupil.year_group, known_parents(pupil))
    pupil.forename, pupil.surname, pupil.year_group = forename, surname, year_group
    pupil.parents = _parents(school, parents)
    after = (pupil.forename, pupil.surname, pupil.year_group, known_parents(pupil))
    fields = ("forename", "surname", "year_group", "parents")
    changed = [f for f, old, new in zip(fields, before, after, strict=True) if old != new]
    if changed:
        audit.record(
            actor=actor, action="change_pupil", subject=pupil, school_id=school.id, now=now,
            fields=changed,
        )  # fmt: skip
    return pupil


def remove_pupil(*, actor: Actor, now: datetime, pupil: Pupil) -> Pupil:
    """Take a pupil who has left off the school's list; what happened before stays on record."""
    if pupil.left_at is not None:
        raise AlreadyLeft(pupil)
    pupil.left_at = now
    audit.record(
        actor=actor, action="remove_pupil", subject=pupil, school_id=pupil.school_id, now=now
    )
    announcements.left(pupil, actor=actor, now=now)
    return pupil


def known_parents(pupil: Pupil) -> list[ParentDetails]:
    """Return a pupil's parents as details, in the order in which they were given."""
    return [
        ParentDetails(parent.name, parent.email, parent.phone)
        for parent in sorted(pupil.parents, key=lambda parent: parent.id or 0)
    ]


def _lock(school: School) -> None:
    """Let one at a time write a school's list, so that nobody is added to it twice."""
    db.session.scalar(
        select(School.id).where(School.id == school.id).with_for_update(key_share=True)
    )


def _checked(school: School, forename: str, surname: str, year_group: int) -> tuple[str, str]:
    forename, surname = names.tidy(forename), names.tidy(surname)
    if not forename:
        raise NameMissing
    if max(len(forename), len(surname)) > NAME_MAX:
        raise NameTooLong
    if not school.low_year <= year_group <= school.high_year:
        raise YearNotTaught(school)
    return forename, surname


def _refuse_same(
    school: School, forename: str, surname: str, year_group: int, but: Pupil | None = None
) -> None:
    for other in queries.pupils_of(school.id, year_group, year_group):
        if other is not but and same_name(other, forename, surname):
            raise SamePupil(other)


def same_name(pupil: Pupil, forename: str, surname: str) -> bool:
    """Say whether a pupil goes by this name, capitals apart."""
    return (pupil.forename.casefold(), pupil.surname.casefold()) == (
        forename.casefold(),
        surname.casefold(),
    )


def _parents(school: School, details: Iterable[ParentDetails]) -> list[Parent]:
    """Return the school's parents by e-mail address; brothers and sisters share theirs."""
    found: dict[str, Parent] = {}
    for given in details:
        email = contacts.email_address(given.email)
        if email not in found:
            found[email] = _parent(school, email, given)
    assert len(found) <= PARENTS_MAX, "the forms and the import have room for two"
    return list(found.values())


def _parent(school: School, email: str, given: ParentDetails) -> Parent:
    name, phone = names.tidy(given.name), contacts.e164(given.phone)
    if len(name) > NAME_MAX:
        raise NameTooLong
    parent = queries.parent_by_email(school.id, email)
    if parent is None:
        parent = Parent(school_id=school.id, name=name, email=email, phone=phone)
        db.session.add(parent)
        return parent
    # The newest paper counts; an empty field says nothing about what we know.
    parent.name = name or parent.name
    parent.phone = phone or parent.phone
    return parent
