"""The files of a group: for its members, kept by whoever leads it."""

from datetime import datetime

from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.foundation.files import pages as file_pages
from booking.foundation.files.details import FileOwner
from booking.foundation.files.models import FileAudience
from booking.foundation.files.pages import Shelf
from booking.foundation.web import addresses
from booking.network.colleague_groups import queries
from booking.network.colleague_groups.models import StaffGroup

KIND = "staff_group"
LABELS = ("Agenda", "Plan", "Notes of a meeting", "What we tried")
AUDIENCES = {FileAudience.MEMBERS: "Everybody in the group"}


def owner(kind: str, public_id: str, *, actor: Actor, now: datetime) -> FileOwner | None:
    """Return a group as the owner of its files; None if `actor` may not read them."""
    group = queries.by_public_id(public_id) if kind == KIND else None
    return of_group(group, actor=actor) if group and may_read(group, actor) else None


def may_read(group: StaffGroup, actor: Actor) -> bool:
    """Return whether somebody reads what a group keeps: its members, and the network lead."""
    if permissions.may(actor, Action.RUN_NETWORK):
        return True
    if not permissions.may(actor, Action.SEE_NETWORK_LIFE):
        return False
    return queries.member(group.id, actor.person_id) is not None


def of_group(group: StaffGroup, *, actor: Actor) -> FileOwner:
    """Return a group as the owner of its files, as a member meets it."""
    keeps = permissions.may(actor, Action.RUN_NETWORK) or queries.leads(group.id, actor.person_id)
    return FileOwner(
        kind=KIND,
        public_id=group.public_id,
        title=group.name,
        url=addresses.STAFF_GROUP(public_id=group.public_id),
        subject=group,
        school_id=None,
        reads=frozenset(AUDIENCES),
        keeps=keeps and group.ended_at is None,
        audiences=AUDIENCES,
        labels=LABELS,
    )


def of_page(group: StaffGroup, *, actor: Actor) -> Shelf | None:
    """Return the files for the group's page; None if it has none and nobody could add one."""
    shelf = file_pages.shelf(of_group(group, actor=actor))
    return shelf if shelf.lines or shelf.owner.keeps else None
