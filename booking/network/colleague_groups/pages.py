"""What the pages of groups show, worked out before a template sees it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.domain.grouping_colleagues import AskKind, is_silent
from booking.domain.permissions import Action, Actor, may
from booking.domain.resourcing import SUBJECT_NAMES
from booking.foundation.files.pages import Shelf
from booking.network.colleague_groups import queries, shelf, words
from booking.network.colleague_groups.details import InGroup, circle
from booking.network.colleague_groups.models import (
    StaffGroup,
    StaffGroupAsk,
    StaffGroupMember,
    StaffGroupNote,
)
from booking.network.meetings import queries as meeting_queries
from booking.network.meetings.models import Meeting


@dataclass(frozen=True)
class GroupRow:
    """A group in a list."""

    group: StaffGroup
    facts: Sequence[str]


@dataclass(frozen=True)
class MemberLine:
    """Somebody who is in a group, and where they are."""

    row: StaffGroupMember
    post: str


@dataclass(frozen=True)
class GroupPage:
    """One group, as somebody meets it."""

    group: StaffGroup
    facts: Sequence[str]
    #: The reader's own membership and ask, if there are any.
    own: StaffGroupMember | None
    asked: StaffGroupAsk | None
    #: What only members and the network lead read; empty for others.
    members: Sequence[MemberLine]
    notes: Sequence[StaffGroupNote]
    meetings: Sequence[Meeting]
    shelf: Shelf | None
    #: Who asks to join and was asked in, for whoever keeps the group.
    asks: Sequence[StaffGroupAsk]
    may_keep: bool
    reads: bool
    is_silent: bool
    has_leader: bool


def rows(groups: Sequence[StaffGroup]) -> list[GroupRow]:
    """Return the rows of a list, with two statements for all of them."""
    inside = queries.inside([group.id for group in groups]) if groups else {}
    return [GroupRow(group, _facts(group, inside[group.id])) for group in groups]


def _facts(group: StaffGroup, inside: InGroup) -> list[str]:
    return [
        words.KIND_NAMES[group.kind],
        SUBJECT_NAMES[group.subject],
        words.size(inside),
        words.led_by(inside),
    ]


def group_page(group: StaffGroup, *, actor: Actor, now: datetime) -> GroupPage:
    """Return what the page of one group shows to somebody who sees network life."""
    inside = queries.inside([group.id])[group.id]
    own = queries.member(group.id, actor.person_id)
    is_lead = may(actor, Action.RUN_NETWORK)
    reads, may_keep = own is not None or is_lead, is_lead or (own is not None and own.leads)
    lines = queries.members(group.id) if reads else ()
    return GroupPage(
        group=group,
        facts=_facts(group, inside),
        own=own,
        asked=queries.ask_of(group.id, actor.person_id),
        members=[MemberLine(row, words.post(row)) for row in lines],
        notes=queries.notes(group.id) if reads else (),
        meetings=meeting_queries.coming_of(circle(group), now) if reads else (),
        shelf=shelf.of_page(group, actor=actor) if reads else None,
        asks=[each for each in queries.asks(group.id) if _for_leaders(each)] if may_keep else (),
        may_keep=may_keep,
        reads=reads,
        is_silent=group.ended_at is None and is_silent(group.last_at, now),
        has_leader=bool(inside.leaders),
    )


def _for_leaders(ask: StaffGroupAsk) -> bool:
    return ask.kind is AskKind.TO_JOIN
