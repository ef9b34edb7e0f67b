"""Tasks about the lead's look: drafts that wait for it, and drafts that were given back."""

from datetime import datetime

from booking.days.looks import queries
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.foundation.web import addresses
from booking.foundation.web.task_lists import Task
from booking.people.schools import queries as school_queries

#: Within so many school days the lead should have looked.
DAYS_TO_LOOK = 3


def of_lead(*, now: datetime) -> list[Task]:
    """Return the drafts that wait for the lead; after three school days they come first."""
    looks = queries.waiting()
    if not looks:
        return []
    calendar = school_queries.calendar(None)
    return [
        Task(
            f"Look at {look.event.title} before it is published",
            addresses.HOST_EVENT(slug=look.event.slug),
            f"{look.event.host_school.name} asks you to publish it, or to give it back.",
            due_at=terms.add_school_days(calendar, look.asked_at, DAYS_TO_LOOK),
            tag="Waiting",
            tone="warn",
        )
        for look in looks
    ]


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the drafts that the lead has given back."""
    return [
        Task(
            f"Change {look.event.title} as the lead asks",
            addresses.HOST_EVENT(slug=look.event.slug),
            look.returned_note,
            tag="Given back",
            tone="warn",
        )
        for look in queries.returned(actor)
    ]
