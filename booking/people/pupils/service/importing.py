"""Writes of a whole import: what the preview showed, compared afresh with the list as it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils import locks, queries
from booking.people.pupils.details import known_parents
from booking.people.pupils.imports.preview import Kind, Known, compare, merged
from booking.people.pupils.imports.rows import PupilRow
from booking.people.pupils.models import Parent, Pupil
from booking.people.pupils.refusals import YearNotTaught
from booking.people.pupils.service.parents import found_or_added, replace
from booking.people.schools.models import School


@dataclass(frozen=True)
class ImportCounts:
    """How many pupils an import added and changed, and how many were the same."""

    added: int
    changed: int
    same: int


def import_pupils(
    *, actor: Actor, now: datetime, school: School, rows: Sequence[PupilRow]
) -> ImportCounts:
    """Add the new pupils of `rows` and change the parents of the others; doing so again is
    harmless. A pupil who is on the list and not in the file stays.
    """
    locks.list_of(school)
    for row in rows:
        if not school.low_year <= row.year_group <= school.high_year:
            raise YearNotTaught(school)
    pupils = queries.pupils_of(school.id)
    known = known_pupils(pupils)
    by_key = {of_list.key: pupil for of_list, pupil in zip(known, pupils, strict=True)}
    parents = _parents_by_email(school)
    written: dict[Kind, list[Pupil]] = {Kind.NEW: [], Kind.CHANGED: [], Kind.SAME: []}
    for line in compare(rows, known):
        if line.row is None or line.kind not in written:
            continue
        pupil = by_key.get(line.row.key)
        if pupil is None:
            pupil = _added(school, line.row, parents, now)
        elif line.kind is Kind.CHANGED:
            given = merged(known_parents(pupil), line.row.parents)
            replace(pupil, found_or_added(school, given, parents), actor=actor, now=now)
        written[line.kind].append(pupil)
    db.session.flush()
    audit.record(
        actor=actor,
        action="import_pupils",
        subject=school,
        school_id=school.id,
        now=now,
        added=[pupil.id for pupil in written[Kind.NEW]],
        changed=[pupil.id for pupil in written[Kind.CHANGED]],
    )
    return ImportCounts(*(len(written[kind]) for kind in (Kind.NEW, Kind.CHANGED, Kind.SAME)))


def known_pupils(pupils: Sequence[Pupil]) -> list[Known]:
    """Return the pupils on a list as a preview compares them."""
    return [
        Known(pupil.forename, pupil.surname, pupil.year_group, tuple(known_parents(pupil)))
        for pupil in pupils
    ]


def _added(school: School, row: PupilRow, parents: dict[str, Parent], now: datetime) -> Pupil:
    pupil = Pupil(
        school_id=school.id,
        forename=row.forename,
        surname=row.surname,
        year_group=row.year_group,
        added_at=now,
        parents=found_or_added(school, row.parents, parents),
    )
    db.session.add(pupil)
    return pupil


def _parents_by_email(school: School) -> dict[str, Parent]:
    found = db.session.scalars(select(Parent).where(Parent.school_id == school.id))
    return {parent.email: parent for parent in found}
