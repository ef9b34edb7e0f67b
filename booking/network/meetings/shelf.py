"""The papers of a meeting: for everybody invited, kept by the network lead."""

from datetime import datetime

from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.foundation.files import pages as file_pages
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import FileAudience
from booking.foundation.files.pages import Shelf
from booking.foundation.web import addresses
from booking.network.meetings import queries
from booking.network.meetings.models import Meeting

KIND = "meeting"
LABELS = ("Agenda papers", "Slides", "Minutes of the last meeting", "Budget")
AUDIENCES = {
    FileAudience.COMING: "Everybody who is invited",
    FileAudience.HOSTS: "Only the network lead and the auditor",
}


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return a meeting as the owner of its papers; None if `actor` may not read it."""
    meeting = queries.by_public_id(public_id, actor) if kind == KIND else None
    return of_meeting(meeting, actor=actor) if meeting is not None else None


def of_meeting(meeting: Meeting, *, actor: Actor) -> FileOwner:
    """Return a meeting as the owner of its papers, as somebody meets it who may read it."""
    sees_all = permissions.may(actor, Action.SEE_NETWORK)
    return FileOwner(
        kind=KIND,
        public_id=meeting.public_id,
        title=meeting.title,
        url=addresses.MEETING(public_id=meeting.public_id),
        subject=meeting,
        school_id=None,
        reads=frozenset(AUDIENCES) if sees_all else frozenset({FileAudience.COMING}),
        keeps=permissions.may(actor, Action.RUN_NETWORK),
        audiences=AUDIENCES,
        labels=LABELS,
    )


def of_page(meeting: Meeting, *, actor: Actor) -> Shelf | None:
    """Return the papers for the meeting's page; None if it has none and nobody could add one."""
    shelf = file_pages.shelf(of_meeting(meeting, actor=actor))
    return shelf if shelf.lines or shelf.owner.keeps else None
