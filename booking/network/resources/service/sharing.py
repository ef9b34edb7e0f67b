"""Share a resource, change what is said about it, add a version, withdraw it and put it back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from booking.domain import links, permissions, resourcing
from booking.domain.permissions import Action, Actor, Role
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.domain.resourcing import CHANGED_MAX, VERSIONS_MAX, WORD_MAX, ResourceDetails
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.files import service as files
from booking.foundation.files.details import FileFacts
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.network.resources import locks, queries, shelf
from booking.network.resources.details import (
    VersionContent,
    changed_fields,
    copy_onto,
    details_of,
)
from booking.network.resources.models import Resource, ResourceVersion
from booking.network.resources.refusals import (
    ForTheLead,
    NotTheirSchool,
    ResourceRefused,
    ResourceStands,
    ResourceWithdrawn,
)
from booking.network.resources.service import mail


def add(
    *,
    actor: Actor,
    now: datetime,
    school_id: int | None,
    details: ResourceDetails,
    content: VersionContent,
    quota_bytes: int,
    used_at_id: int | None = None,
) -> Resource:
    """Share a resource with its first version, for a school or (None) for the network.

    Raises ResourceRefused, NotTheirSchool, ShelfIsFull.
    """
    _refuse(
        (
            *resourcing.problems(details),
            *resourcing.licence_problems(details.licence, [content.shown]),
            *_content_problems(content),
        )
    )
    may_speak(actor, school_id)
    resource = Resource(
        school_id=school_id,
        institution=queries.institution_of(actor.person_id) if school_id is None else "",
        author_id=actor.person_id,
        used_at_id=used_at_id,
        added_at=now,
        changed_at=now,
    )
    copy_onto(resource, details)
    db.session.add(resource)
    db.session.flush()
    record(actor=actor, action="share_resource", resource=resource, now=now)
    _add(actor, now, resource, content, "", quota_bytes)
    return resource


def change(
    *,
    actor: Actor,
    now: datetime,
    resource: Resource,
    details: ResourceDetails,
    used_at_id: int | None,
) -> tuple[str, ...]:
    """Change what is said about a resource; return the names of what changed.

    Raises ResourceRefused, ResourceWithdrawn.
    """
    resource = standing(resource)
    shown = [version.shown for version in queries.versions(resource.id)]
    _refuse(
        (
            *resourcing.problems(details),
            *resourcing.licence_problems(details.licence, shown),
        )
    )
    changes = changed_fields(details_of(resource), details)
    if resource.used_at_id != used_at_id:
        resource.used_at_id, changes = used_at_id, (*changes, "used_at")
    if changes:
        copy_onto(resource, details)
        resource.changed_at = now
        record(
            actor=actor, action="change_resource", resource=resource, now=now, fields=list(changes)
        )
    return changes


def add_version(
    *,
    actor: Actor,
    now: datetime,
    resource: Resource,
    content: VersionContent,
    changed: str,
    quota_bytes: int,
) -> ResourceVersion:
    """Put a new version in the place of the newest; earlier ones stay.

    Raises ResourceRefused, ResourceWithdrawn, ShelfIsFull, TooManyFiles.
    """
    found = list(_content_problems(content))
    if not changed.strip():
        found.append(Problem("changed", "Say in a line what changed."))
    elif len(changed) > CHANGED_MAX:
        found.append(Problem("changed", f"Shorten this to {CHANGED_MAX} characters."))
    _refuse(found)
    resource = standing(resource)
    _refuse(
        (
            *resourcing.licence_problems(resource.licence, [content.shown]),
            *_repetition(queries.versions(resource.id), content),
        )
    )
    version = _add(actor, now, resource, content, changed.strip(), quota_bytes)
    resource.changed_at = now
    record(actor=actor, action="add_version", resource=resource, now=now, number=version.number)
    return version


def withdraw(*, actor: Actor, now: datetime, resource: Resource, reason: str) -> None:
    """Withdraw a resource: nobody reads it but its keepers; its author is told if another did.

    Raises ReasonMissing, ResourceWithdrawn.
    """
    resource = standing(resource)
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("Say why, in a few words. Whoever shared it will read this.")
    if len(reason) > WORD_MAX:
        raise ReasonMissing(f"Shorten the reason to {WORD_MAX} characters.")
    resource.withdrawn_at, resource.withdrawn_reason = now, reason
    resource.withdrawn_by_lead = not _is_of_its_own(resource, actor)
    record(actor=actor, action="withdraw_resource", resource=resource, now=now)
    mail.tell_of_withdrawal(resource, actor=actor, now=now)


def put_back(*, actor: Actor, now: datetime, resource: Resource) -> None:
    """Put a resource back that was withdrawn: what the lead withdrew, only a lead.

    Raises ResourceStands, ForTheLead.
    """
    resource = locks.resource(resource.id)
    if resource.withdrawn_at is None:
        raise ResourceStands(f"“{resource.title}” is there already.")
    if resource.withdrawn_by_lead and not permissions.may(actor, Action.RUN_NETWORK):
        raise ForTheLead(
            "The network lead withdrew this. Put right what the reason says in a new resource, or "
            "write to the lead."
        )
    resource.withdrawn_at, resource.withdrawn_reason = None, ""
    resource.withdrawn_by_lead = False
    record(actor=actor, action="put_back_resource", resource=resource, now=now)


def _is_of_its_own(resource: Resource, actor: Actor) -> bool:
    """Return whether somebody wrote a resource, or coordinates its school."""
    if actor.person_id is not None and actor.person_id == resource.author_id:
        return True
    return resource.school_id is not None and resource.school_id in actor.school_ids(
        Role.COORDINATOR
    )


def may_speak(actor: Actor, school_id: int | None) -> None:
    """Raise NotTheirSchool unless somebody shares for a school of theirs, or has none at all."""
    if school_id is None:
        own = not actor.schools() or actor.kind != "person" or actor.has(Role.LEAD)
    else:
        own = school_id in actor.schools() or actor.kind == "command"
    if not own:
        raise NotTheirSchool("Choose a school where you have a role.")


def standing(resource: Resource) -> Resource:
    """Return a resource read afresh and locked. Raises ResourceWithdrawn."""
    found = locks.resource(resource.id)
    if found.withdrawn_at is not None:
        raise ResourceWithdrawn(f"“{found.title}” has been withdrawn. Put it back first.")
    return found


def record(*, actor: Actor, action: str, resource: Resource, now: datetime, **facts: Any) -> None:
    """Record an act about a resource: the trail keeps numbers and names of fields, no words."""
    audit.record(
        actor=actor,
        action=action,
        subject=resource,
        school_id=resource.school_id,
        now=now,
        **facts,
    )


def _add(
    actor: Actor,
    now: datetime,
    resource: Resource,
    content: VersionContent,
    changed: str,
    quota_bytes: int,
) -> ResourceVersion:
    """Add a version to a locked resource, its file on the shelf of the resource's school."""
    number = queries.last_number(resource.id) + 1
    file: AttachedFile | None = None
    if content.upload is not None:
        file = files.attach(
            actor=actor,
            now=now,
            owner=shelf.of_resource(resource, actor=actor),
            upload=content.upload,
            facts=FileFacts(f"Version {number}", FileAudience.MEMBERS),
            quota_bytes=quota_bytes,
        )
    version = ResourceVersion(
        resource_id=resource.id,
        number=number,
        file=file,
        link=links.tidy(content.link) if file is None else "",
        changed=changed,
        shown=content.shown,
        families_agreed=content.families_agreed,
        added_by_id=actor.person_id,
        added_at=now,
    )
    db.session.add(version)
    db.session.flush()
    return version


def _content_problems(content: VersionContent) -> Iterable[Problem]:
    return resourcing.version_problems(
        has_file=content.upload is not None,
        link=content.link,
        shown=content.shown,
        families_agreed=content.families_agreed,
    )


def _repetition(versions: Sequence[ResourceVersion], content: VersionContent) -> Iterable[Problem]:
    """Yield what is wrong with a version beside those that are there, the newest first."""
    if len(versions) >= VERSIONS_MAX:
        yield Problem("", f"{VERSIONS_MAX} versions are the most. Share it as another resource.")
    newest = versions[0]
    if content.upload is not None and newest.file is not None:
        if newest.file.sha256 == content.upload.sha256:
            yield Problem("file", "This is the newest version already. Choose the newer file.")
    elif content.upload is None and newest.link == links.tidy(content.link):
        yield Problem("link", "This is the newest version already. Give the newer link.")


def _refuse(problems: Iterable[Problem]) -> None:
    if found := tuple(problems):
        raise ResourceRefused(found)
