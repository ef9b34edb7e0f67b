"""What meetings add to the task lists: answering invitations."""

from datetime import datetime

from flask import url_for
from flask_login import current_user

from booking.domain import terms
from booking.domain.permissions import Actor, Role
from booking.foundation.web.task_lists import Task
from booking.network.meetings import queries


def of_coordinator(*, now: datetime, **_facts: object) -> list[Task]:
    """Return the coming meetings that the person signed in has not answered."""
    return _unanswered(current_user.person_id, now)


def _unanswered(person_id: int, now: datetime) -> list[Task]:
    return [
        Task(
            title=f"Say whether you will come: {waiting.title}",
            url=url_for("meetings.meeting", public_id=waiting.public_id),
            hint=terms.span_text(waiting.starts_at, waiting.ends_at),
            due_at=waiting.starts_at,
            tag="Meeting",
            tone="info",
        )
        for waiting in queries.unanswered(person_id, now=now)
    ]


def of_others(*, now: datetime, **_facts: object) -> list[Task]:
    """Return the same for people whose home page is not a coordinator's."""
    if current_user.actor.has(Role.COORDINATOR):
        return []
    return of_coordinator(now=now)


def needs_me(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the same on the page about network life, and for a mail about it."""
    return _unanswered(actor.person_id, now) if actor.person_id is not None else []
