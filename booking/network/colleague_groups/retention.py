"""How long groups that have ended, and their files, are kept."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.domain.keeping import network_life
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.network.colleague_groups import shelf
from booking.network.colleague_groups.models import StaffGroup


def rules() -> Sequence[RetentionRule]:
    """Return when a group goes that has ended, with its members, notes and files."""
    return (
        deleting(
            "ended groups",
            network_life.GROUPS,
            StaffGroup,
            lambda now: [StaffGroup.ended_at <= network_life.GROUPS.over(now)],
        ),
        deleting(
            "files of deleted groups",
            network_life.GROUPS,
            AttachedFile,
            lambda _now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.not_in(select(StaffGroup.public_id)),
            ],
        ),
    )
