"""Writes of a whole import: what the preview showed, compared again with the current list."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.domain import moving_up
from booking.domain.moving_up import ListedYear
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.tables import remembering
from booking.people.pupils import locks, queries
from booking.people.pupils.details import known_parents
from booking.people.pupils.imports import dialect
from booking.people.pupils.imports.preview import PreviewLine, PupilFate, compare
from booking.people.pupils.imports.rows import PupilRow
from booking.people.pupils.imports.same import Answers, KnownPupil
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.refusals import YearNotTaught
from booking.people.pupils.service import years
from booking.people.pupils.service.parents import addresses, by_key, found_or_added, replace
from booking.people.schools.models import School

_NOTHING_SAID: Mapping[str, str] = {}


@dataclass(frozen=True)
class ImportCounts:
    """How many pupils an import added and changed, and how many were the same.

    `left_out` counts rows that nobody said who they were about.
    """

    added: int
    changed: int
    same: int
    unclear: int = 0


def import_pupils(
    *,
    actor: Actor,
    now: datetime,
    school: School,
    rows: Sequence[PupilRow],
    answers: Answers | None = None,
    replaced: Collection[int] = (),
    columns: Mapping[str, str] = _NOTHING_SAID,
    school_year: str | None = None,
) -> ImportCounts:
    """Add the new pupils in `rows` and new parents of the others; repeating it is harmless.

    A pupil who is on the list but not in the file stays. `answers` say, by line, who a row is about
    if the file leaves doubt; without an answer the row is left out. `replaced` are the lines whose
    parents replace all those on the list. `columns` is what was said about columns, for the next
    file. `school_year` is the one that the file's year groups are of; without it, the one that
    lists are written of now.
    """
    school_year = school_year or years.year_of_lists(now)
    locks.list_of(school)
    for row in rows:
        if not school.low_year <= row.year_group <= school.high_year:
            raise YearNotTaught(school)
    pupils = queries.to_compare(school.id)
    by_id = {pupil.public_id: pupil for pupil in pupils}
    parents = _parents_by_key(school)
    lines = compare(rows, known_pupils(pupils, school_year), answers, replaced)
    written: dict[PupilFate, list[Pupil]] = {PupilFate.NEW: [], PupilFate.CHANGED: []}
    for line in lines:
        if line.row is None or line.kind not in written:
            continue
        pupil = by_id[line.known.public_id] if line.known else _new(school, line.row, now)
        if line.known is None or line.known.year_group == line.row.year_group:
            pupil.year_group, pupil.school_year = line.row.year_group, school_year
        _write(pupil, line, school, parents, actor=actor, now=now)
        written[line.kind].append(pupil)
    remembering.remember(dialect=dialect.PUPILS.name, owner=owner_of(school), said=columns, now=now)
    db.session.flush()
    audit.record(
        actor=actor,
        action="import_pupils",
        subject=school,
        school_id=school.id,
        now=now,
        added=[pupil.id for pupil in written[PupilFate.NEW]],
        changed=[pupil.id for pupil in written[PupilFate.CHANGED]],
    )
    kinds = [line.kind for line in lines]
    return ImportCounts(
        added=len(written[PupilFate.NEW]),
        changed=len(written[PupilFate.CHANGED]),
        same=kinds.count(PupilFate.SAME) + kinds.count(PupilFate.OTHER_PARENTS),
        unclear=kinds.count(PupilFate.DOUBT),
    )


def owner_of(school: School) -> str:
    """Return under which key a school's columns are remembered."""
    return f"school {school.id}"


def known_pupils(pupils: Sequence[Pupil], school_year: str = "") -> list[KnownPupil]:
    """Return the pupils on a list in the form that a preview compares.

    The year group is the one that they have on a list of that school year, or as it stands.
    """
    return [
        KnownPupil(
            pupil.forename,
            pupil.surname,
            _listed_in(pupil, school_year),
            tuple(known_parents(pupil)),
            pupil.public_id,
            pupil.class_name,
            pupil.admission_number or "",
        )
        for pupil in pupils
    ]


def _listed_in(pupil: Pupil, school_year: str) -> int:
    listed = ListedYear(pupil.year_group, pupil.school_year)
    return moving_up.listed_in(listed, school_year) if school_year else pupil.year_group


def _new(school: School, row: PupilRow, now: datetime) -> Pupil:
    pupil = Pupil(
        school_id=school.id,
        forename=row.forename,
        surname=row.surname,
        year_group=row.year_group,
        added_at=now,
    )
    db.session.add(pupil)
    return pupil


def _write(
    pupil: Pupil,
    line: PreviewLine,
    school: School,
    parents: dict[str, Parent],
    *,
    actor: Actor,
    now: datetime,
) -> None:
    assert line.row is not None, "only a row that was understood is written"
    pupil.class_name = line.row.class_name or pupil.class_name or ""
    if line.row.admission_number:
        pupil.admission_number = line.row.admission_number
    before = [] if line.known is None else list(pupil.parents)
    had_address = addresses(before)
    found = found_or_added(school, line.parents, parents, own=before)
    if line.known is None:
        pupil.parents = found
    else:
        replace(pupil, found, had_address=had_address, actor=actor, now=now)


def _parents_by_key(school: School) -> dict[str, Parent]:
    found = db.session.scalars(select(Parent).where(Parent.school_id == school.id))
    return by_key(found)
