"""The step into a new school year: everybody up, the highest year leaves; undone for a day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.domain import moving_up, terms
from booking.domain.moving_up import ListedYear, MovingFate
from booking.domain.permissions import WORKER, Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.people.pupils import announcements, locks, queries
from booking.people.pupils.models import MovedPupil, Pupil, YearMove
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School

#: A move can be undone this long. Only then do those who left give up their places.
UNDO_FOR = timedelta(days=1)


class NotTheTime(ValueError):
    """Pupils move up at the start of a school year."""

    def __init__(self) -> None:
        super().__init__("Pupils move up a year between August and December.")


class AlreadyMovedUp(ValueError):
    """The school's pupils have already moved up this school year."""

    def __init__(self, school_year: str) -> None:
        super().__init__(f"Your pupils have already moved up for {school_year}.")


class PupilListChanged(ValueError):
    """Somebody changed the list after the preview was shown."""

    def __init__(self) -> None:
        super().__init__("Your list has changed since this page was opened. Please look again.")


class NothingToUndo(ValueError):
    """The move was undone already, or its day is over."""

    def __init__(self) -> None:
        super().__init__("There is nothing to undo: it was undone already, or its day is over.")


@dataclass(frozen=True)
class MovedUp:
    """How many pupils moved up and left, and who is now on the list twice."""

    moved: int
    left: int
    twice: tuple[str, ...]


@dataclass(frozen=True)
class MoveUndone:
    """How many pupils are back where they were, and who was changed meanwhile and stays."""

    restored: int
    changed_since: tuple[str, ...]


def year_of_lists(now: datetime) -> str:
    """Return the school year that a list written now is most likely of."""
    today = now.astimezone(LONDON).date()
    first_on, last_on = terms.school_year_bounds(terms.school_year(today))
    ends = [t.last_on for t in school_queries.terms() if first_on <= t.last_on <= last_on]
    return moving_up.year_of_lists(today, max(ends, default=None))


def move_up(
    *,
    actor: Actor,
    now: datetime,
    school: School,
    ticked: Collection[str] = (),
    seen: str = "",
) -> MovedUp:
    """Move everybody who is not there yet into the new school year; the highest year leaves.

    `ticked` are pupils (public ids) for whom the opposite of the preview is wanted, `seen` is the
    mark of the list that the preview showed. Raises NotTheTime, AlreadyMovedUp, PupilListChanged.
    """
    school_year = moving_up.moving_year(now.astimezone(LONDON).date())
    if school_year is None:
        raise NotTheTime
    locks.list_of(school)
    if queries.year_move(school.id, school_year) is not None:
        raise AlreadyMovedUp(school_year)
    pupils = queries.everybody(school.id)
    if seen and seen != queries.fingerprint(pupils):
        raise PupilListChanged
    record = YearMove(school_id=school.id, school_year=school_year, moved_at=now)
    db.session.add(record)
    db.session.flush()
    fates = [_move(record, pupil, school, pupil.public_id in ticked) for pupil in pupils]
    db.session.flush()
    moved, left = fates.count(MovingFate.MOVES), fates.count(MovingFate.LEAVES)
    _record(actor, now, school, "move_pupils_up", school_year=school_year, moved=moved, left=left)
    return MovedUp(moved, left, _names_twice(queries.everybody(school.id)))


def _move(record: YearMove, pupil: Pupil, school: School, ticked: bool) -> MovingFate:
    before = ListedYear(pupil.year_group, pupil.school_year)
    after = moving_up.move(
        before, into=record.school_year, top_year=school.high_year, ticked=ticked
    )
    if after.fate is MovingFate.THERE:
        return after.fate
    leaves = after.fate is MovingFate.LEAVES
    kept = MovedPupil(
        move_id=record.id,
        pupil_id=pupil.id,
        year_group_before=before.year_group,
        school_year_before=before.school_year,
        class_name_before=pupil.class_name,
        year_group_after=None if leaves else after.listed.year_group,
    )
    db.session.add(kept)
    if leaves:
        pupil.left_at = record.moved_at
        return after.fate
    pupil.year_group, pupil.school_year = after.listed.year_group, after.listed.school_year
    if after.fate is MovingFate.MOVES:
        pupil.class_name = ""  # the new one is in the school's next list
    return after.fate


def may_undo(record: YearMove, now: datetime) -> bool:
    """Say whether a move can still be undone."""
    return record.settled_at is None and now < record.moved_at + UNDO_FOR


def undo(*, actor: Actor, now: datetime, school: School) -> MoveUndone:
    """Put everybody back whom the move moved, but for those who were changed since.

    Raises NothingToUndo.
    """
    locks.list_of(school)
    record = queries.latest_move(school.id)
    if record is None or not may_undo(record, now):
        raise NothingToUndo
    changed, restored = [], 0
    for kept in record.pupils:
        if _is_as_moved(kept, record):
            _restore(kept)
            restored += 1
        else:
            changed.append(kept.pupil.name)
    db.session.delete(record)
    db.session.flush()
    _record(actor, now, school, "undo_moving_up", school_year=record.school_year, restored=restored)
    return MoveUndone(restored, tuple(sorted(changed)))


def _is_as_moved(kept: MovedPupil, record: YearMove) -> bool:
    """Say whether nobody has changed a pupil's year, class or leaving since the move."""
    pupil = kept.pupil
    if kept.year_group_after is None:
        return pupil.left_at == record.moved_at
    class_name = "" if kept.year_group_after != kept.year_group_before else kept.class_name_before
    now_is = (pupil.left_at, pupil.year_group, pupil.school_year, pupil.class_name)
    return now_is == (None, kept.year_group_after, record.school_year, class_name)


def _restore(kept: MovedPupil) -> None:
    pupil = kept.pupil
    pupil.left_at = None
    pupil.year_group, pupil.school_year = kept.year_group_before, kept.school_year_before
    pupil.class_name = kept.class_name_before


def settle_moves(now: datetime) -> int:
    """Let one move stand whose day is over: those who left give up their places now.

    One for each transaction: a school's list is locked before events, and not after.
    """
    due = (
        select(YearMove.id, YearMove.school_id)
        .where(YearMove.settled_at.is_(None), YearMove.moved_at <= now - UNDO_FOR)
        .order_by(YearMove.id)
        .limit(1)
    )
    found = db.session.execute(due).first()
    if found is None:
        return 0
    locks.list_of(db.session.get_one(School, found.school_id))
    record = db.session.get(YearMove, found.id, populate_existing=True)
    if record is None or record.settled_at is not None:
        return 0  # undone or settled meanwhile
    record.settled_at = now
    leavers = [kept.pupil for kept in record.pupils if kept.year_group_after is None]
    record.pupils.clear()
    for pupil in leavers:
        if pupil.left_at == record.moved_at:
            pupil.admission_number = None
            announcements.left(pupil, actor=WORKER, now=now)
    return 1


def _record(actor: Actor, now: datetime, school: School, action: str, **facts: Any) -> None:
    audit.record(actor=actor, action=action, subject=school, school_id=school.id, now=now, **facts)


def _names_twice(pupils: list[Pupil]) -> tuple[str, ...]:
    seen: set[tuple[str, str, int]] = set()
    twice = []
    for pupil in pupils:
        key = (pupil.forename.casefold(), pupil.surname.casefold(), pupil.year_group)
        if key in seen:
            twice.append(pupil.name)
        seen.add(key)
    return tuple(twice)
