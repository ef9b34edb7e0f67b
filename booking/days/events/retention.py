"""How long somebody who helped on the day keeps that role, and how long an event's files stay."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, or_, select

from booking.days.events import shelf
from booking.days.events.models import Event
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.people.schools.models import RoleGrant

ROLES_KEPT = timedelta(days=30)
#: Longer than a year, so that an event can be repeated with its files.
FILES_KEPT = timedelta(days=400)


def rules() -> Sequence[RetentionRule]:
    """Return when roles for a day, and files of an event, are deleted."""
    return (
        deleting(
            "day staff's roles",
            "30 days after the event",
            RoleGrant,
            lambda now: [
                RoleGrant.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= now - ROLES_KEPT)
                )
            ],
        ),
        deleting(
            "files of events",
            "400 days after the event; what is for everybody stays on its public page",
            AttachedFile,
            _old_files,
        ),
    )


def _old_files(now: datetime) -> list[ColumnElement[bool]]:
    over = select(Event.uid).where(Event.last_ends_at <= now - FILES_KEPT)
    return [
        AttachedFile.owner_kind == shelf.KIND,
        or_(
            AttachedFile.owner_id.in_(over) & (AttachedFile.audience != FileAudience.EVERYBODY),
            AttachedFile.owner_id.not_in(select(Event.uid)),
        ),
    ]
