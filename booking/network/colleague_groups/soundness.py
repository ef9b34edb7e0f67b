"""What must be true of groups: a pair has two at most, and a triad three."""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select

from booking.domain.grouping_colleagues import SIZES
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.network.colleague_groups.models import StaffGroup, StaffGroupMember


def checks() -> Sequence[Check]:
    """Return the check on groups."""
    return (Check("A pair has two members at most, and a triad three", _too_many),)


def _too_many() -> Iterable[str]:
    counted = (
        select(StaffGroup.id, StaffGroup.kind, func.count())
        .join(StaffGroupMember, StaffGroupMember.group_id == StaffGroup.id)
        .where(StaffGroup.kind.in_(SIZES))
        .group_by(StaffGroup.id, StaffGroup.kind)
        .order_by(StaffGroup.id)
    )
    for id_, kind, members in db.session.execute(counted):
        if members > SIZES[kind]:
            yield f"group {id_}, a {kind.value}, has {members} members"
