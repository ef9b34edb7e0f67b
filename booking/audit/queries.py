"""Reads of the audit trail."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Text, cast, column, func, select, table

from booking.audit.models import AuditEntry
from booking.db import db
from booking.web.paging import PAGE_SIZE, Page

# The audit trail stands below the schools' feature, so it names their tables without their models.
PEOPLE = table("people", column("id"), column("name"))
SCHOOLS = table("schools", column("id"), column("name"))
_TRAIL = AuditEntry.__table__
_NEWEST = select(_TRAIL.c.id, _TRAIL.c.at).order_by(_TRAIL.c.id.desc()).limit(1)
#: On PostgreSQL a lower id may be committed after a higher one; the oldest transaction under way
#: when we looked tells whether it has been.
_NEWEST_AND_OLDEST = _NEWEST.add_columns(
    cast(func.pg_snapshot_xmin(func.pg_current_snapshot()), Text)
)


@dataclass(frozen=True)
class Row:
    """One line of the viewer: the entry, who acted, and for which school."""

    entry: AuditEntry
    person: str
    school: str

    @property
    def facts(self) -> str:
        """Return the facts and the reason in words."""
        told = [f"{name.replace('_', ' ')}: {value}" for name, value in self.entry.facts.items()]
        return "; ".join([*told, self.entry.reason] if self.entry.reason else told) or "–"


def page(*, action: str, subject: str, number: int) -> Page[Row]:
    """Return one page of the trail, newest first: two queries.

    `subject` is "table:id", or empty.
    """
    conditions: list[Any] = []
    if action:
        conditions.append(AuditEntry.action == action)
    if subject:
        subject_type, _, subject_id = subject.partition(":")
        conditions.append(AuditEntry.subject_type == subject_type)
        conditions.append(AuditEntry.subject_id == subject_id)
    total = db.session.scalar(select(func.count()).select_from(AuditEntry).where(*conditions)) or 0
    found = (
        select(AuditEntry, PEOPLE.c.name, SCHOOLS.c.name)
        .outerjoin(PEOPLE, PEOPLE.c.id == AuditEntry.person_id)
        .outerjoin(SCHOOLS, SCHOOLS.c.id == AuditEntry.school_id)
        .where(*conditions)
        .order_by(AuditEntry.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    rows = [
        Row(entry, person or "", school or "")
        for entry, person, school in db.session.execute(found)
    ]
    return Page(rows, number, total)


def actions() -> list[str]:
    """Return the actions that occur, in alphabetical order."""
    return list(db.session.scalars(select(AuditEntry.action).distinct().order_by("action")))


def newest() -> tuple[Any, ...] | None:
    """Return what differs once anything was recorded; None while the trail is empty.

    Read beside the session: a page that is answered from memory needs none.
    """
    engine = db.engine
    wanted = _NEWEST_AND_OLDEST if engine.dialect.name == "postgresql" else _NEWEST
    with engine.connect() as connection:
        row = connection.execute(wanted).first()
    return None if row is None else tuple(row)
