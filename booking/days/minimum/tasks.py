"""The decision about an event with too few pupils, for its hosts and the lead."""

from collections.abc import Iterable
from datetime import datetime

from booking.days.minimum import queries
from booking.domain import english
from booking.domain.permissions import Actor, Role
from booking.foundation.web import addresses
from booking.foundation.web.task_lists import Task


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the decisions of this person's schools."""
    hosts = actor.school_ids(Role.HOST)
    return _tasks(queries.to_decide(now=now, host_ids=hosts)) if hosts else []


def of_lead(*, now: datetime) -> list[Task]:
    """Return every host's decisions."""
    return _tasks(queries.to_decide(now=now))


def _tasks(found: Iterable[queries.TooFew]) -> list[Task]:
    return [
        Task(
            title=f"Decide whether {one.event.title} runs",
            url=addresses.HOST_EVENT(slug=one.event.slug),
            hint=f"{english.plural(one.pupils, 'pupil has', 'pupils have')} a place; at least "
            f"{one.event.min_pupils:,} are needed. Go ahead anyway, or cancel it.",
            due_at=one.event.decide_at,
            tag="Too few pupils",
            tone="warn",
        )
        for one in found
    ]
