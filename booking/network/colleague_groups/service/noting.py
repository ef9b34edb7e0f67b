"""What a group writes down, and the meetings that whoever leads it calls."""

from dataclasses import replace
from datetime import datetime

from booking.domain.grouping_colleagues import NOTE_MAX
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.db import db
from booking.network.colleague_groups import locks, queries
from booking.network.colleague_groups.details import circle
from booking.network.colleague_groups.models import StaffGroup, StaffGroupNote
from booking.network.colleague_groups.refusals import GroupNotKept, NotInIt
from booking.network.colleague_groups.service.founding import living, record
from booking.network.meetings import service as meetings
from booking.network.meetings.details import MeetingDetails
from booking.network.meetings.models import Meeting


def write(*, actor: Actor, now: datetime, group: StaffGroup, words: str) -> StaffGroupNote:
    """Write a note for the members. Raises GroupNotKept, GroupEnded, NotInIt."""
    if not words.strip():
        raise GroupNotKept([Problem("words", "Write what the group should remember.")])
    if len(words) > NOTE_MAX:
        raise GroupNotKept([Problem("words", f"Shorten this to {NOTE_MAX:,} characters.")])
    group = living(group)
    if queries.member(group.id, actor.person_id) is None:
        raise NotInIt("Join the group first.")
    note = StaffGroupNote(
        group_id=group.id, author_id=actor.person_id, words=words.strip(), written_at=now
    )
    db.session.add(note)
    group.last_at = now
    record(action="write_group_note", group=group, actor=actor, now=now)
    return note


def take_note_back(*, actor: Actor, now: datetime, note: StaffGroupNote) -> None:
    """Delete a note: its author's own, or by whoever leads the group."""
    group = locks.group(note.group_id)
    record(action="take_group_note_back", group=group, actor=actor, now=now)
    db.session.delete(note)


def call_meeting(
    *, actor: Actor, now: datetime, group: StaffGroup, details: MeetingDetails
) -> Meeting:
    """Call a meeting of a group's members. Raises GroupEnded, meetings.MeetingRefused."""
    group = living(group)
    made = meetings.call(
        actor=actor,
        now=now,
        details=replace(details, circle=circle(group)),
        guest_ids=[row.person_id for row in queries.members(group.id)],
    )
    group.last_at = now
    record(action="call_group_meeting", group=group, actor=actor, now=now)
    return made
