"""The files of a school, such as its policy for visits: for the other schools to read."""

from datetime import datetime

from sqlalchemy import select

from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.db import db
from booking.foundation.files import pages as file_pages
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.foundation.files.pages import Shelf
from booking.foundation.web import addresses
from booking.people.schools.models import School

KIND = "school"
LABELS = ("Policy for visits", "Plan of the site", "Where to park", "Dates of the year")
AUDIENCES = {
    FileAudience.MEMBERS: "Everybody with an account",
    FileAudience.HOSTS: "Only the school’s coordinators and the network lead",
}


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return a school as the owner of its files, as `actor` meets it."""
    if kind != KIND:
        return None
    school = db.session.scalars(select(School).where(School.slug == public_id)).one_or_none()
    return of_school(school, actor=actor) if school is not None else None


def of_school(school: School, *, actor: Actor) -> FileOwner:
    """Return a school as the owner of its files, as somebody meets it."""
    scope = Scope(school.id)
    is_member = actor.kind == "person" and actor.person_id is not None
    reads = frozenset({FileAudience.MEMBERS}) if is_member else frozenset()
    if permissions.may(actor, Action.SEE_SCHOOL, scope):
        reads = frozenset(AUDIENCES)
    return FileOwner(
        kind=KIND,
        public_id=school.slug,
        title=school.name,
        url=addresses.SCHOOL_FILES(),
        subject=school,
        school_id=school.id,
        reads=reads,
        keeps=permissions.may(actor, Action.KEEP_SCHOOL, scope),
        audiences=AUDIENCES,
        labels=LABELS,
    )


def of_all(*, actor: Actor) -> list[Shelf]:
    """Return the files of each member school that has any for this person, by name."""
    statement = (
        select(School, AttachedFile)
        .join(AttachedFile, AttachedFile.owner_id == School.slug)
        .where(
            AttachedFile.owner_kind == KIND,
            AttachedFile.replaced_at.is_(None),
            School.left_on.is_(None),
        )
        .order_by(School.name, AttachedFile.position, AttachedFile.id)
    )
    found: dict[int, tuple[FileOwner, list[AttachedFile]]] = {}
    for school, file in db.session.execute(statement):
        told = found.setdefault(school.id, (of_school(school, actor=actor), []))
        if file.audience in told[0].reads:
            told[1].append(file)
    shelves = (file_pages.of_files(owner, files) for owner, files in found.values())
    return [shelf for shelf in shelves if shelf.lines]
