"""The files of an event: who may see and keep them, and what becomes of them in a copy."""

from datetime import datetime

from booking.days.events import ports, queries, states
from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.domain import permissions
from booking.domain.permissions import PUPIL_ROLES, Action, Actor, Scope
from booking.foundation.files import pages as file_pages
from booking.foundation.files import queries as file_queries
from booking.foundation.files import service as files
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.foundation.web import addresses

KIND = "event"
LABELS = ("Letter to parents", "Map", "Risk assessment", "Timetable", "Materials")
AUDIENCES = {
    FileAudience.COMING: "Schools that come, and their families there",
    FileAudience.EVERYBODY: "Everybody, on the event’s public page",
    FileAudience.MEMBERS: "Everybody with an account",
    FileAudience.DAY_STAFF: "The day’s staff and the hosts",
    FileAudience.HOSTS: "The hosts and the network lead",
}
#: What another school's example may bring along.
OPEN = (FileAudience.EVERYBODY, FileAudience.MEMBERS)
#: How many bytes of files go with one mail; many mailboxes are small, and a class is thirty.
ATTACHED_MAX = 1024 * 1024
_OF_FAMILIES = frozenset({FileAudience.EVERYBODY, FileAudience.COMING})


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return an event as the owner of its files, as `actor` meets it."""
    event = queries.by_uid(public_id) if kind == KIND else None
    return of_event(event, actor=actor) if event is not None else None


def of_event(event: Event, *, actor: Actor) -> FileOwner:
    """Return an event as the owner of its files, as a person with roles meets it."""
    scope = Scope(event.host_school_id, event.id)
    return _owner(
        event,
        reads=_reads(event, actor, scope),
        keeps=permissions.may(actor, Action.EDIT_EVENT, scope),
    )


def for_family(event: Event, *, comes: bool) -> FileOwner:
    """Return an event as the owner of its files, as the holder of a private link meets it.

    `comes` is whether their child has a place, or has been offered one.
    """
    reads = _OF_FAMILIES if comes else frozenset({FileAudience.EVERYBODY})
    return _owner(event, reads=reads, keeps=False)


def _owner(event: Event, *, reads: frozenset[FileAudience], keeps: bool) -> FileOwner:
    return FileOwner(
        kind=KIND,
        public_id=event.uid,
        title=event.title,
        url=addresses.HOST_EVENT(slug=event.slug),
        subject=event,
        school_id=event.host_school_id,
        reads=reads,
        keeps=keeps,
        audiences=AUDIENCES,
        labels=LABELS,
        has_invitations=True,
    )


def _reads(event: Event, actor: Actor, scope: Scope) -> frozenset[FileAudience]:
    works = permissions.may(actor, Action.SEE_EVENT_WORK, scope)
    if works and permissions.may(actor, Action.SEE_EVENT_HISTORY, scope):
        return frozenset(FileAudience)
    if works:
        return frozenset(FileAudience) - {FileAudience.HOSTS}
    if event.state not in states.PUBLIC:
        return frozenset()
    if actor.kind != "person" or actor.person_id is None:
        return frozenset({FileAudience.EVERYBODY})
    schools = frozenset(
        g.school_id for g in actor.grants if g.school_id is not None and g.role in PUPIL_ROLES
    )
    comes = bool(schools) and ports.comes(event.id, schools)
    members = frozenset({FileAudience.EVERYBODY, FileAudience.MEMBERS})
    return members | {FileAudience.COMING} if comes else members


def with_invitation(event: Event) -> tuple[list[AttachedFile], list[AttachedFile]]:
    """Return what is attached to the mail that invites a family, and what it finds by its link."""
    attached, linked, room = list[AttachedFile](), list[AttachedFile](), ATTACHED_MAX
    for file in file_queries.with_invitation(KIND, event.uid):
        fits = file.content.size_bytes <= room
        (attached if fits else linked).append(file)
        room -= file.content.size_bytes if fits else 0
    return attached, linked


def panel(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the event's files that its reader may see, for its page."""
    shelf = file_pages.shelf(of_event(event, actor=actor))
    return Panel("foundation/files/_panel.html", {"shelf": shelf}) if shelf.lines else None


def work_panel(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the event's files for the page about the work on it, where they can be added."""
    shelf = file_pages.shelf(of_event(event, actor=actor))
    shown = shelf.lines or shelf.owner.keeps
    return Panel("foundation/files/_panel.html", {"shelf": shelf}) if shown else None


def take_along(event: Event, *, of: Event, actor: Actor, now: datetime) -> None:
    """Give a copy of an event the files of the one it was made from.

    Of another school's event only those that this person may see there: never its hosts' papers,
    nor what is for those who come.
    """
    files.copy(
        actor=actor,
        now=now,
        owner=of_event(of, actor=actor),
        to=of_event(event, actor=actor),
        audiences=tuple(FileAudience) if event.host_school_id == of.host_school_id else OPEN,
    )
