"""What other pages show of groups: what waits, what is new, what is found, whose a meeting is."""

from datetime import datetime

from flask import url_for

from booking.domain.english import plural
from booking.domain.grouping_colleagues import AskKind
from booking.domain.permissions import Actor
from booking.foundation.web.network_life import FoundTitle, WhatIsNew
from booking.foundation.web.task_lists import Task
from booking.network.colleague_groups import queries
from booking.network.colleague_groups.models import StaffGroup, StaffGroupAsk

_KIND, _CIRCLE = "Group", "group:"


def needs_me(*, actor: Actor, now: datetime) -> list[Task]:
    """Return who asks to join, into what one is asked, and what one leads that is silent."""
    if actor.person_id is None:
        return []
    return [
        *(_asked(ask) for ask in queries.asks_for(actor.person_id)),
        *(
            Task(
                f"Nothing has happened in “{group.name}” for a year",
                _url(group),
                "Call a meeting, hand it over, or end it.",
                tag=_KIND,
                tone="warn",
            )
            for group in queries.silent(now, led_by=actor.person_id)
        ),
    ]


def _asked(ask: StaffGroupAsk) -> Task:
    title = f"You are asked into “{ask.group.name}”"
    if ask.kind is AskKind.TO_JOIN:
        title = f"{ask.person.name} asks to join “{ask.group.name}”"
    return Task(title, _url(ask.group), ask.word, tag=_KIND, tone="info")


def network_tasks(*, now: datetime) -> list[Task]:
    """Return the groups that nobody leads."""
    return [
        Task(
            f"Nobody leads “{group.name}”",
            _url(group),
            "Ask a member to take the lead, or end it.",
            tag=_KIND,
            tone="warn",
        )
        for group in queries.leaderless()
    ]


def what_becomes(*, person_id: int) -> list[str]:
    """Return what becomes of somebody's groups, for the page to leave."""
    rows = [row for row in queries.memberships_of(person_id) if row.group.ended_at is None]
    if not rows:
        return []
    alone = [row for row in rows if row.leads]
    said = f"You are taken out of {plural(len(rows), 'group')}."
    lead = f" {plural(len(alone), 'group')} you lead: hand over first, or a member takes the lead."
    return [said + (lead if alone else "")]


def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> list[WhatIsNew]:
    """Return the groups that were founded since then, and the notes of those one is in."""
    notes = queries.newest_notes(actor.person_id) if actor.person_id is not None else ()
    return [
        *(
            WhatIsNew(one.name, _KIND, one.founded_at, _url(one))
            for one in queries.newest()
            if one.founded_at > since
        ),
        *(
            WhatIsNew(f"A note in {note.group.name}", _KIND, note.written_at, _url(note.group))
            for note in notes
            if note.written_at > since
        ),
    ]


def found(*, actor: Actor, text: str) -> list[FoundTitle]:
    """Return the groups that a search in their own list would begin with."""
    shown = queries.first_found(text, actor=actor)
    return [FoundTitle(one.name, _KIND, _url(one)) for one in shown]


def circle_title(*, circle: str) -> str | None:
    """Return what a group is called for whoever is invited to its meetings."""
    group = _of_circle(circle)
    return f"the group “{group.name}”" if group is not None else None


def keeps_circle(*, circle: str, actor: Actor) -> bool | None:
    """Return whether somebody leads the group of a meeting."""
    group = _of_circle(circle)
    return queries.leads(group.id, actor.person_id) if group is not None else None


def _of_circle(circle: str) -> StaffGroup | None:
    if not circle.startswith(_CIRCLE):
        return None
    return queries.by_public_id(circle.removeprefix(_CIRCLE))


def _url(group: StaffGroup) -> str:
    return url_for("colleague_groups.show", public_id=group.public_id)
