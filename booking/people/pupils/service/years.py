"""The step into a new school year: everybody up one year, the highest year leaves."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from booking.domain import terms
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.people.pupils import announcements, locks, queries
from booking.people.pupils.models import Pupil, YearMove
from booking.people.schools.models import School

#: From August, when schools' systems move to the new year, to December, when every list must be
#: right.
FIRST_MONTH, LAST_MONTH = 8, 12
SEPTEMBER = 9


class NotTheTime(ValueError):
    """Pupils move up at the start of a school year."""

    def __init__(self) -> None:
        super().__init__("Pupils move up a year between August and December.")


class AlreadyMovedUp(ValueError):
    """The school's pupils have already moved up this school year."""

    def __init__(self, school_year: str) -> None:
        super().__init__(f"Your pupils have already moved up for {school_year}.")


@dataclass(frozen=True)
class MovedUp:
    """How many pupils moved up and left, and who is now on the list twice."""

    moved: int
    left: int
    twice: tuple[str, ...]


def moving_year(today: date) -> str | None:
    """Return the school year into which pupils may move up now ("2027/28"), or None."""
    if not FIRST_MONTH <= today.month <= LAST_MONTH:
        return None
    return terms.school_year(date(today.year, SEPTEMBER, 1))


def move_up(*, actor: Actor, now: datetime, school: School) -> MovedUp:
    """Move everybody who was on the list before September up one year, once a school year.

    Pupils in the school's highest year leave. Those added since September are already in their new
    year.
    """
    today = now.astimezone(LONDON).date()
    school_year = moving_year(today)
    if school_year is None:
        raise NotTheTime
    locks.list_of(school)
    if moved_at(school.id, school_year) is not None:
        raise AlreadyMovedUp(school_year)
    db.session.add(YearMove(school_id=school.id, school_year=school_year, moved_at=now))
    moved, left = 0, 0
    for pupil in _from_before(school, today.year):
        if pupil.year_group >= school.high_year:
            pupil.left_at, pupil.admission_number = now, None
            left += 1
            announcements.left(pupil, actor=actor, now=now)
        else:
            pupil.year_group += 1
            pupil.class_name = ""  # the new one is in the school's next list
            moved += 1
    db.session.flush()
    audit.record(
        actor=actor,
        action="move_pupils_up",
        subject=school,
        school_id=school.id,
        now=now,
        school_year=school_year,
        moved=moved,
        left=left,
    )
    return MovedUp(moved, left, _names_twice(queries.pupils_of(school.id)))


def moved_at(school_id: int, school_year: str) -> datetime | None:
    """Return when a school's pupils moved up into a school year, or None."""
    return db.session.scalar(
        select(YearMove.moved_at).where(
            YearMove.school_id == school_id, YearMove.school_year == school_year
        )
    )


def _from_before(school: School, year: int) -> list[Pupil]:
    september = datetime(year, SEPTEMBER, 1, tzinfo=LONDON)
    return [pupil for pupil in queries.pupils_of(school.id) if pupil.added_at < september]


def _names_twice(pupils: list[Pupil]) -> tuple[str, ...]:
    seen: set[tuple[str, str, int]] = set()
    twice = []
    for pupil in pupils:
        key = (pupil.forename.casefold(), pupil.surname.casefold(), pupil.year_group)
        if key in seen:
            twice.append(pupil.name)
        seen.add(key)
    return tuple(twice)
