"""What may be done with files: add, replace, change, move, delete; take along with a copy."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete as sql_delete
from sqlalchemy import update

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.foundation.files import locks, ports, queries, words
from booking.foundation.files.details import FILES_MAX, LABEL_MAX, FileFacts, FileOwner, Upload
from booking.foundation.files.models import AttachedFile, FileAudience, FileContent
from booking.foundation.files.refusals import (
    FileNotTaken,
    FileReplaced,
    LabelWrong,
    NotAnAudience,
    ShelfIsFull,
    TooManyFiles,
)


def attach(
    *,
    actor: Actor,
    now: datetime,
    owner: FileOwner,
    upload: Upload,
    facts: FileFacts,
    quota_bytes: int,
) -> AttachedFile:
    """Add a file at the end of an owner's list.

    Raises ShelfIsFull, TooManyFiles, LabelWrong, NotAnAudience.
    """
    _check(owner, facts)
    locks.shelf(owner.school_id, now=now)
    others = queries.all_of(owner)
    if sum(file.replaced_at is None for file in others) >= FILES_MAX:
        raise TooManyFiles(
            f"There are {FILES_MAX} files here, which is the most. Delete one first."
        )
    _keep(owner, upload, quota_bytes, now)
    file = AttachedFile(
        sha256=upload.sha256,
        name=upload.name,
        owner_kind=owner.kind,
        owner_id=owner.public_id,
        school_id=owner.school_id,
        position=max((other.position for other in others), default=0) + 1,
        added_by_id=actor.person_id,
        added_at=now,
        **vars(facts),
    )
    db.session.add(file)
    _record(actor, "attach_file", owner, file, now)
    return file


def replace(
    *,
    actor: Actor,
    now: datetime,
    owner: FileOwner,
    file: AttachedFile,
    upload: Upload,
    quota_bytes: int,
) -> AttachedFile:
    """Put a newer version in a file's place; the older one stays for those who keep the files.

    Raises ShelfIsFull, FileReplaced, FileNotTaken for the same content again.
    """
    older = _locked(owner, file, now)
    if older.sha256 == upload.sha256:
        raise FileNotTaken("This is the file that is there already. Choose the newer version.")
    _keep(owner, upload, quota_bytes, now)
    older.replaced_at = now
    newer = AttachedFile(
        sha256=upload.sha256,
        name=upload.name,
        replaces_id=older.id,
        added_by_id=actor.person_id,
        added_at=now,
        **{name: getattr(older, name) for name in _TAKEN_OVER},
    )
    db.session.add(newer)
    _record(actor, "replace_file", owner, newer, now)
    return newer


#: What a newer version has from the one before.
_TAKEN_OVER = (
    "owner_kind",
    "owner_id",
    "school_id",
    "audience",
    "label",
    "position",
    "with_invitation",
)


def change(
    *, actor: Actor, now: datetime, owner: FileOwner, file: AttachedFile, facts: FileFacts
) -> bool:
    """Change what a file is called and whom it is for; return whether anything is different.

    Raises FileReplaced, LabelWrong, NotAnAudience.
    """
    _check(owner, facts)
    file = _locked(owner, file, now)
    changed = [name for name, value in vars(facts).items() if getattr(file, name) != value]
    looked_at, file.from_earlier = file.from_earlier, False
    for name in changed:
        setattr(file, name, getattr(facts, name))
    if changed or looked_at:
        _record(actor, "change_file", owner, file, now, fields=changed)
    return bool(changed)


def move(*, actor: Actor, now: datetime, owner: FileOwner, file: AttachedFile, up: bool) -> None:
    """Move a file up or down by one; at the end of the list it stays. Raises FileReplaced."""
    file = _locked(owner, file, now)
    shown = [other for other in queries.all_of(owner) if other.replaced_at is None]
    at = shown.index(file)
    to = min(max(at + (-1 if up else 1), 0), len(shown) - 1)
    shown.insert(to, shown.pop(at))
    for position, other in enumerate(shown, start=1):
        other.position = position
    _record(actor, "move_file", owner, file, now)


def delete(*, actor: Actor, now: datetime, owner: FileOwner, file: AttachedFile) -> None:
    """Delete a file with its older versions; bytes that no other file has go a day later.

    Raises FileReplaced.
    """
    file = _locked(owner, file, now)
    _record(actor, "delete_file", owner, file, now)
    older = {version.id: version for version in queries.all_of(owner)}
    ids = [file.id]
    while (replaced := older[ids[-1]].replaces_id) is not None:
        ids.append(replaced)
    _remove([older[id_] for id_ in ids])


def copy(
    *,
    actor: Actor,
    now: datetime,
    owner: FileOwner,
    to: FileOwner,
    audiences: Collection[FileAudience] = tuple(FileAudience),
) -> Sequence[AttachedFile]:
    """Give an owner's files for these audiences to its copy: the same contents, for the same.

    Nothing goes out with invitations until somebody has looked: a letter may say last year's date.
    """
    locks.shelf(to.school_id, now=now)
    copies = [
        AttachedFile(
            sha256=file.sha256,
            name=file.name,
            owner_kind=to.kind,
            owner_id=to.public_id,
            school_id=to.school_id,
            audience=file.audience,
            label=file.label,
            position=file.position,
            from_earlier=True,
            added_by_id=actor.person_id,
            added_at=now,
        )
        for file in queries.all_of(owner)
        if file.replaced_at is None and file.audience in audiences
    ]
    db.session.add_all(copies)
    if copies:
        _touch([file.sha256 for file in copies], now)
        audit.record(
            actor=actor,
            action="copy_files",
            subject=to.subject,
            school_id=to.school_id,
            now=now,
            files=len(copies),
        )
    return copies


def drop_all(*, owner: FileOwner, now: datetime) -> None:
    """Delete the files of an owner that is being deleted itself."""
    locks.shelf(owner.school_id, now=now)
    _remove(queries.all_of(owner))


def _check(owner: FileOwner, facts: FileFacts) -> None:
    if not facts.label:
        raise LabelWrong("Say what it is, such as “Map”.")
    if len(facts.label) > LABEL_MAX:
        raise LabelWrong(f"Shorten this to {LABEL_MAX} characters.")
    if facts.audience not in owner.audiences:
        raise NotAnAudience("Choose who can see it.")
    for_families = {FileAudience.EVERYBODY, FileAudience.COMING}
    if facts.with_invitation and facts.audience not in for_families:
        raise NotAnAudience(
            "What goes with the invitation is read by families, so it must be for them too."
        )


def _locked(owner: FileOwner, file: AttachedFile, now: datetime) -> AttachedFile:
    """Lock the shelf and return the file as it is now. Raises FileReplaced."""
    locks.shelf(owner.school_id, now=now)
    db.session.expire_all()
    found = queries.by_public_id(file.public_id)
    if found is None:
        raise FileReplaced("This file has been deleted.")
    if found.replaced_at is not None:
        raise FileReplaced("This file has a newer version. Go back to the list to see it.")
    return found


def _keep(owner: FileOwner, upload: Upload, quota_bytes: int, now: datetime) -> None:
    """Keep a content, unless it would not fit on the locked shelf; one that is there costs nothing.

    Raises ShelfIsFull.
    """
    size = len(upload.content)
    used = queries.bytes_on_shelf(owner.school_id)
    if used + size > quota_bytes and not queries.is_on_shelf(owner.school_id, upload.sha256):
        raise ShelfIsFull(
            f"There is no room for this file ({words.size(size)}): the files take up "
            f"{words.size(used)} of {words.size(quota_bytes)}. Delete some first."
        )
    row = insert_into(FileContent).values(
        sha256=upload.sha256, kind=upload.kind, size_bytes=size, added_at=now
    )
    db.session.execute(row.on_conflict_do_update(index_elements=["sha256"], set_={"added_at": now}))
    ports.store().put(upload.sha256, upload.content)


def _touch(hashes: Sequence[str], now: datetime) -> None:
    """Mark contents as wanted, so that nobody clears them up while they get another file."""
    wanted = update(FileContent).where(FileContent.sha256.in_(hashes)).values(added_at=now)
    db.session.execute(wanted.execution_options(synchronize_session=False))


def _remove(files: Sequence[AttachedFile]) -> None:
    db.session.flush()
    ids = [file.id for file in files]
    db.session.execute(sql_delete(AttachedFile).where(AttachedFile.id.in_(ids)))


def _record(
    actor: Actor,
    action: str,
    owner: FileOwner,
    file: AttachedFile,
    now: datetime,
    **facts: Any,
) -> None:
    """Record an act about the owner: the trail keeps ids and audiences, never a label."""
    db.session.flush()
    audit.record(
        actor=actor,
        action=action,
        subject=owner.subject,
        school_id=owner.school_id,
        now=now,
        file_id=file.id,
        audience=file.audience.value,
        **facts,
    )
