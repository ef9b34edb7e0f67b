"""Tasks about incidents: to open and to close them, and to ring about pupils who have not come."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from flask import url_for

from booking.domain import english
from booking.domain.permissions import Actor
from booking.foundation.web.task_lists import Task
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.queries import CallsDue
from booking.people.schools.details import SchoolLine

#: After how long a host rings a school that has not opened a note: its mail may not have arrived.
UNREAD_FOR = timedelta(minutes=30)


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return notes that nobody at the school has opened, and pupils to ring about."""
    return [
        *(
            Task(
                title=f"Read what was written down at {due.title}",
                url=url_for("incidents.of_school", slug=due.slug),
                hint=f"{english.plural(due.waiting, 'note')} about pupils of your school, "
                "not opened yet.",
                due_at=due.since,
                tag="Now",
                tone="bad",
            )
            for due in queries.unread_by_school(school.id)
        ),
        *_calls(queries.due_at_school(school.id, now=now), "incidents.calls_of_school"),
    ]


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return incidents that are open or that no school has opened, and pupils to ring about."""
    waiting = queries.waiting_for_host(actor, now=now, unread_for=UNREAD_FOR)
    return [
        *(
            Task(
                title=(
                    f"Close the incident at {due.title}"
                    if due.is_read
                    else f"Ring {due.school_name}: a note about {due.title} is not opened yet"
                ),
                url=url_for("incidents.at_host", public_id=due.public_id),
                hint=(
                    "Write how it ended. The day cannot be closed before."
                    if due.is_read
                    else "The mail may not have arrived. Its number is on the page."
                ),
                due_at=due.written_at,
                tag="Open" if due.is_read else "Not read",
                tone="warn" if due.is_read else "bad",
            )
            for due in waiting
        ),
        *_calls(queries.due_at_host(actor, now=now), "incidents.calls"),
    ]


def _calls(found: Sequence[CallsDue], endpoint: str) -> list[Task]:
    return [
        Task(
            title=f"Ring about {english.plural(due.waiting, 'pupil')} not at {due.title}",
            url=url_for(endpoint, slug=due.slug, date=due.number),
            hint="Neither here nor reported absent. The list has the numbers in order.",
            due_at=due.since,
            tag="Now",
            tone="bad",
        )
        for due in found
    ]
