"""What the page about network life shows of visits: what waits, what was opened, a search."""

from datetime import datetime

from flask import url_for

from booking.domain.permissions import Actor
from booking.foundation import clock
from booking.foundation.web.network_life import FoundTitle, WhatIsNew
from booking.foundation.web.task_lists import Task
from booking.network.visits import queries, words
from booking.network.visits.models import StaffVisit

_KIND = "Visit"


def needs_me(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the colleagues that wait for an answer, and the notes that somebody may write."""
    if actor.person_id is None:
        return []
    waiting = [
        Task(
            f"Answer {words.visitor(one)}: {one.visit.title}",
            url_for("visits.answer", public_id=one.public_id),
            words.when(one.visit),
            due_at=one.visit.starts_at,
            tag=_KIND,
            tone="warn",
        )
        for one in queries.to_answer(actor, now)
    ]
    return waiting + [
        Task(
            f"What did you take home? {one.visit.title}",
            url_for("visits.note", public_id=one.public_id),
            "A note for yourself, or for everybody if you share it.",
            tag=_KIND,
            tone="info",
        )
        for one in queries.to_note(actor.person_id, now)
    ]


def what_is_new(*, actor: Actor, now: datetime, since: datetime) -> list[WhatIsNew]:
    """Return the visits to come that were opened since then, the newest first."""
    return [
        WhatIsNew(one.title, _KIND, one.opened_at, _url(one))
        for one in queries.opened_since(actor, since, now=now)
    ]


def found(*, actor: Actor, text: str) -> list[FoundTitle]:
    """Return the visits with `text` in their title, the latest first."""
    return [FoundTitle(one.title, _KIND, _url(one)) for one in queries.titled(actor, text)]


def what_becomes(*, person_id: int) -> list[str]:
    """Return what becomes of somebody's visits when they leave, for the page to leave."""
    said, now = [], clock.now()
    if queries.coming_of(person_id, (), is_gone=True, now=now):
        said.append("Visits to other schools that you asked for are withdrawn.")
    if queries.has_opened(person_id, now):
        said.append("Visits that you opened go to a coordinator of your school.")
    return said


def _url(visit: StaffVisit) -> str:
    return url_for("visits.show", public_id=visit.public_id)
