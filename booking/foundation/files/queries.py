"""Reads of files: an owner's list, one file, what a shelf holds. None of them reads bytes."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, column, func, select, table

from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.foundation.files import ports
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import AttachedFile, FileContent

PEOPLE = table("people", column("id"), column("name"))


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return an owner as somebody meets it, from the feature that knows it."""
    return next(iter(ports.owner(kind, public_id, actor=actor, now=now)), None)


def of(owner: FileOwner) -> list[AttachedFile]:
    """Return the newest version of each file that the owner's reader may see, in order."""
    allowed = AttachedFile.audience.in_(owner.reads)
    return _listed(
        _of(owner), AttachedFile.replaced_at.is_(None), *(() if owner.keeps else (allowed,))
    )


def all_of(owner: FileOwner) -> list[AttachedFile]:
    """Return every version of an owner's files, the newest of each first."""
    return _listed(_of(owner))


def _of(owner: FileOwner) -> ColumnElement[bool]:
    return (AttachedFile.owner_kind == owner.kind) & (AttachedFile.owner_id == owner.public_id)


def _listed(*conditions: ColumnElement[bool]) -> list[AttachedFile]:
    statement = select(AttachedFile).where(*conditions)
    return list(
        db.session.scalars(statement.order_by(AttachedFile.position, AttachedFile.id.desc()))
    )


def with_invitation(owner_kind: str, owner_id: str) -> list[AttachedFile]:
    """Return the files that go with the mail that invites a family, in order."""
    return _listed(
        AttachedFile.owner_kind == owner_kind,
        AttachedFile.owner_id == owner_id,
        AttachedFile.replaced_at.is_(None),
        AttachedFile.with_invitation.is_(True),
    )


def by_public_id(public_id: str) -> AttachedFile | None:
    """Return the file at an address, in any version."""
    return db.session.scalars(
        select(AttachedFile).where(AttachedFile.public_id == public_id)
    ).one_or_none()


def newest(file: AttachedFile) -> AttachedFile:
    """Return the newest version of a file."""
    while file.replaced_at is not None:
        newer = db.session.scalars(
            select(AttachedFile).where(AttachedFile.replaces_id == file.id)
        ).one_or_none()
        if newer is None:
            break
        file = newer
    return file


def bytes_on_shelf(school_id: int | None) -> int:
    """Return how many bytes the files of a school, or of the network, take up; each once."""
    on_it = select(AttachedFile.sha256).where(
        AttachedFile.school_id.is_not_distinct_from(school_id)
    )
    held = select(func.sum(FileContent.size_bytes)).where(FileContent.sha256.in_(on_it))
    return db.session.scalar(held) or 0


def is_on_shelf(school_id: int | None, sha256: str) -> bool:
    """Return whether a shelf has a file with this content already."""
    same = select(AttachedFile.id).where(
        AttachedFile.school_id.is_not_distinct_from(school_id), AttachedFile.sha256 == sha256
    )
    return db.session.scalar(same.limit(1)) is not None


def names_of(person_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of those who added files."""
    found = select(PEOPLE.c.id, PEOPLE.c.name).where(PEOPLE.c.id.in_(person_ids))
    return {id_: name for id_, name in db.session.execute(found)}


def content(file: AttachedFile) -> bytes | None:
    """Return a file's bytes, for whoever is handed the file."""
    return ports.store().get(file.sha256)


def contents(hashes: Sequence[str]) -> Mapping[str, bytes]:
    """Return several contents by their hashes, as far as they are there."""
    store = ports.store()
    found = {sha256: store.get(sha256) for sha256 in dict.fromkeys(hashes)}
    return {sha256: content for sha256, content in found.items() if content is not None}
