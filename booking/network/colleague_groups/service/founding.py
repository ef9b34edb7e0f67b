"""Found a group, change what is said about it, end it and begin it again."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete

from booking.domain import grouping_colleagues
from booking.domain.grouping_colleagues import WORD_MAX
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.network.colleague_groups import locks, queries
from booking.network.colleague_groups.details import (
    GroupDetails,
    changed_fields,
    copy_onto,
    details_of,
)
from booking.network.colleague_groups.models import StaffGroup, StaffGroupAsk, StaffGroupMember
from booking.network.colleague_groups.refusals import GroupEnded, GroupNotKept


def found(*, actor: Actor, now: datetime, details: GroupDetails) -> StaffGroup:
    """Found a group and lead it. Raises GroupNotKept."""
    _refuse(grouping_colleagues.problems(name=details.name, purpose=details.purpose))
    assert actor.person_id is not None, "only somebody with an account leads a group"
    group = StaffGroup(founded_at=now, last_at=now)
    copy_onto(group, details)
    db.session.add(group)
    db.session.flush()
    db.session.add(
        StaffGroupMember(group_id=group.id, person_id=actor.person_id, leads=True, joined_at=now)
    )
    record(action="found_group", group=group, actor=actor, now=now)
    return group


def change(
    *, actor: Actor, now: datetime, group: StaffGroup, details: GroupDetails
) -> tuple[str, ...]:
    """Change what is said about a group. Raises GroupNotKept, GroupEnded."""
    group = living(group)
    members, _leaders = queries.numbers(group.id)
    _refuse(
        (
            *grouping_colleagues.problems(name=details.name, purpose=details.purpose),
            *grouping_colleagues.kind_problems(details.kind, members),
        )
    )
    changes = changed_fields(details_of(group), details)
    if changes:
        copy_onto(group, details)
        record(action="change_group", group=group, actor=actor, now=now, fields=list(changes))
    return changes


def end(*, actor: Actor, now: datetime, group: StaffGroup, reason: str) -> None:
    """End a group: it is no longer joined, and its notes stay readable. Raises ReasonMissing."""
    reason = reason.strip()
    if not reason:
        raise ReasonMissing("Say in a few words why it ends, for those who were in it.")
    if len(reason) > WORD_MAX:
        raise ReasonMissing(f"Shorten this to {WORD_MAX} characters.")
    group = living(group)
    group.ended_at, group.ended_reason = now, reason
    db.session.execute(delete(StaffGroupAsk).where(StaffGroupAsk.group_id == group.id))
    record(action="end_group", group=group, actor=actor, now=now)


def begin_again(*, actor: Actor, now: datetime, group: StaffGroup) -> None:
    """Begin a group again that had ended, with those who were in it; twice changes nothing."""
    group = locks.group(group.id)
    if group.ended_at is not None:
        group.ended_at, group.ended_reason, group.last_at = None, "", now
        record(action="begin_group_again", group=group, actor=actor, now=now)


def living(group: StaffGroup) -> StaffGroup:
    """Return a group, locked, that has not ended. Raises GroupEnded."""
    group = locks.group(group.id)
    if group.ended_at is not None:
        raise GroupEnded(f"“{group.name}” has ended. Whoever led it can begin it again.")
    return group


def record(*, action: str, group: StaffGroup, actor: Actor, now: datetime, **facts: Any) -> None:
    """Record an act about a group."""
    audit.record(actor=actor, action=action, subject=group, now=now, **facts)


def _refuse(problems: Iterable[Problem]) -> None:
    if wrong := tuple(problems):
        raise GroupNotKept(wrong)
