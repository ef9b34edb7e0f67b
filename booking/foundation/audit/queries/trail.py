"""Reads of the audit trail."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import and_, column, func, inspect, or_, select, table

from booking.foundation.audit import words
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, rows_beside
from booking.foundation.web.paging import PAGE_SIZE, Page

# The audit trail is below the schools' feature, so it names their tables without their models.
PEOPLE = table("people", column("id"), column("name"))
SCHOOLS = table("schools", column("id"), column("name"), column("slug"))
#: Stands in for a condition that was not asked for.
EVER = datetime(2000, 1, 1, tzinfo=UTC)
_TRAIL = AuditEntry.__table__
#: How many of the newest entries are checked for one that came late.
LATE_MAX = 100
_LAST = select(_TRAIL.c.id, _TRAIL.c.at).order_by(_TRAIL.c.id.desc()).limit(LATE_MAX).subquery()
#: On PostgreSQL a lower id may be committed after a higher one. It then pushes out the last of the
#: newest entries or, while there are few, adds to their number.
NEWEST = select(func.max(_LAST.c.id), func.max(_LAST.c.at), func.min(_LAST.c.id), func.count())


@dataclass(frozen=True)
class Filter:
    """Which entries are wanted; an empty field does not narrow the list."""

    action: str = ""
    #: Part of a person's name, or a kind of actor: "worker", "parent".
    who: str = ""
    school: str = ""
    #: "table:id", as the trail's own links write it.
    about: str = ""
    #: The first instant wanted, and the first one after the end.
    since: datetime | None = None
    until: datetime | None = None

    def conditions(self) -> list[Any]:
        """Return the conditions of the query."""
        kind, _, number = self.about.partition(":")
        found = {
            "action": AuditEntry.action == self.action,
            "who": or_(
                PEOPLE.c.name.icontains(self.who, autoescape=True),
                AuditEntry.actor_kind == self.who.lower(),
            ),
            "school": SCHOOLS.c.slug == self.school,
            "about": and_(AuditEntry.subject_type == kind, AuditEntry.subject_id == number),
            "since": AuditEntry.at >= (self.since or EVER),
            "until": AuditEntry.at < (self.until or EVER),
        }
        return [condition for name, condition in found.items() if getattr(self, name)]


@dataclass(frozen=True)
class TrailRow:
    """One line of the viewer: the entry, who acted, and for which school."""

    entry: AuditEntry
    person: str
    school: str

    @property
    def facts(self) -> str:
        """Return the facts and the reason in words."""
        return words.told(self.entry.facts, self.entry.reason)

    @property
    def about(self) -> str:
        """Return what the entry is about, in the form a filter takes."""
        return f"{self.entry.subject_type}:{self.entry.subject_id}"


def page(wanted: Filter, *, hidden: Collection[Any], number: int) -> Page[TrailRow]:
    """Return one page of the trail without what is `hidden`, newest first: two queries."""
    joined = (
        select(AuditEntry, PEOPLE.c.name, SCHOOLS.c.name)
        .outerjoin(PEOPLE, PEOPLE.c.id == AuditEntry.person_id)
        .outerjoin(SCHOOLS, SCHOOLS.c.id == AuditEntry.school_id)
        .where(*wanted.conditions(), *hidden)
    )
    total = db.session.scalar(joined.with_only_columns(func.count(AuditEntry.id))) or 0
    found = joined.order_by(AuditEntry.id.desc()).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    rows = [
        TrailRow(entry, person or "", school or "")
        for entry, person, school in db.session.execute(found)
    ]
    return Page(rows, number, total)


def schools() -> list[tuple[str, str]]:
    """Return the schools that the trail can be filtered by: slug and name."""
    statement = select(SCHOOLS.c.slug, SCHOOLS.c.name).order_by(SCHOOLS.c.name)
    return [(slug, name) for slug, name in db.session.execute(statement)]


def actions(hidden: Collection[Any]) -> list[str]:
    """Return the actions that occur and are not `hidden`, in alphabetical order."""
    found = select(AuditEntry.action).where(*hidden).distinct().order_by("action")
    return list(db.session.scalars(found))


def newest() -> tuple[Any, ...] | None:
    """Return a mark that differs once anything has been recorded; None while the trail is empty.

    An entry that was committed after LATE_MAX newer ones is not seen.
    """
    [(highest, *others)] = rows_beside(NEWEST)
    return None if highest is None else (highest, *others)


def latest_about(
    row: Any, *, actions: Collection[str], school_id: int | None = None, most: int = 20
) -> list[AuditEntry]:
    """Return the latest entries about a row by these actions, newest first."""
    key = inspect(row).identity
    assert key is not None, "a row that was changed is stored"
    statement = (
        select(AuditEntry)
        .where(
            AuditEntry.subject_type == row.__tablename__,
            AuditEntry.subject_id == ":".join(map(str, key)),
            AuditEntry.action.in_(actions),
            *([AuditEntry.school_id == school_id] if school_id is not None else ()),
        )
        .order_by(AuditEntry.id.desc())
        .limit(most)
    )
    return list(db.session.scalars(statement))
