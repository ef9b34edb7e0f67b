"""How long somebody who helped on the day keeps that role, and how long an event's files stay."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, or_, select

from booking.days.events import shelf
from booking.days.events.models import Event
from booking.domain.keeping import families, others
from booking.foundation.chores import RetentionRule, deleting, emptying
from booking.foundation.files.models import AttachedFile, FileAudience
from booking.people.schools.models import RoleGrant

#: What stands where a leader's name was.
LEADER_REMOVED = families.NAME_REMOVED


def rules() -> Sequence[RetentionRule]:
    """Return when roles for a day, and files of an event, are deleted."""
    return (
        deleting(
            "day staff's roles",
            others.DAY_STAFF,
            RoleGrant,
            lambda now: [
                RoleGrant.event_id.in_(
                    select(Event.id).where(Event.last_ends_at <= others.DAY_STAFF.over(now))
                )
            ],
        ),
        emptying(
            "who led events, and whom to ring",
            others.LEADING,
            Event,
            _led_long_ago,
            lambda _now: {"led_by": LEADER_REMOVED, "contact_name": "", "contact_phone": ""},
        ),
        deleting(
            "files of events",
            others.FILES,
            AttachedFile,
            _old_files,
        ),
    )


def _old_files(now: datetime) -> list[ColumnElement[bool]]:
    over = select(Event.uid).where(Event.last_ends_at <= others.FILES.over(now))
    return [
        AttachedFile.owner_kind == shelf.KIND,
        or_(
            AttachedFile.owner_id.in_(over) & (AttachedFile.audience != FileAudience.EVERYBODY),
            AttachedFile.owner_id.not_in(select(Event.uid)),
        ),
    ]


def _led_long_ago(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for events long over, and drafts that nobody has touched since."""
    return [
        func.coalesce(Event.last_ends_at, Event.modified_at) <= others.LEADING.over(now),
        or_(
            Event.led_by != LEADER_REMOVED,
            Event.contact_name != "",
            Event.contact_phone != "",
        ),
    ]
