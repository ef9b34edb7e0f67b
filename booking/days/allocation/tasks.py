"""Tasks for a host or the lead: rounds to run, quotas to set."""

from datetime import datetime

from flask import url_for
from flask_login import current_user

from booking.days.allocation import queries
from booking.days.allocation.queries import Waiting
from booking.domain import english
from booking.domain.permissions import Actor, Role
from booking.foundation.web.task_lists import Task


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the tasks at the schools that somebody hosts for."""
    return _tasks(list(actor.school_ids(Role.HOST)), now)


def of_network(*, now: datetime) -> list[Task]:
    """Return the tasks anywhere in the network, for its lead."""
    return _tasks(None, now) if current_user.actor.has(Role.LEAD) else []


def _tasks(host_ids: list[int] | None, now: datetime) -> list[Task]:
    return [
        *(_round_task(waiting) for waiting in queries.rounds_due(now, host_ids)),
        *(_quotas_task(waiting) for waiting in queries.quotas_due(now, host_ids)),
    ]


def _round_task(waiting: Waiting) -> Task:
    event = waiting.event
    url = url_for("allocation.round_page", slug=event.slug)
    if not waiting.schools:
        return Task(
            title=f"Nobody has asked for places: “{event.title}”",
            url=url,
            hint="Requests have closed. Extend the deadline, or tell schools about the event.",
            due_at=event.naming_close_at,
            tag="No requests",
            tone="warn",
        )
    schools = english.plural(waiting.schools, "school asks", "schools ask")
    places = english.plural(waiting.wanted, "place")
    return Task(
        title=f"Run the round: “{event.title}”",
        url=url,
        hint=f"Requests have closed. {schools} for {places}; "
        f"there are {event.places - event.host_places}.",
        due_at=event.naming_close_at,
        tag="Ready to run",
        tone="info",
    )


def _quotas_task(waiting: Waiting) -> Task:
    event = waiting.event
    return Task(
        title=f"Set the quotas: “{event.title}”",
        url=url_for("allocation.quotas", slug=event.slug),
        hint=f"None of the {event.places} places has been kept for a school yet.",
        due_at=event.release_at,
        tag="Not set",
        tone="warn",
    )
