"""Tasks about workshops: to share them out, to choose in time, to tell families of a change."""

from datetime import datetime, timedelta

from flask import url_for

from booking.days.groups.queries import due
from booking.domain import english
from booking.domain.permissions import Actor
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine

#: How long before the end of the choice pupils without one become a task of their school.
CHOOSE_DUE = timedelta(days=5)


def host_tasks(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the events whose workshops are to be shared out."""
    return [
        Task(
            title=f"Share out the workshops of {event.title}",
            url=url_for("groups.workshops_page", slug=event.slug),
            hint="Families have chosen. Look at who would go where, then tell them.",
            due_at=event.first_starts_at,
            tag="Workshops",
        )
        for event in due.to_share(actor, now=now)
    ]


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return choices that are still missing, and families to tell about a change."""
    return [
        *(
            Task(
                title=f"{english.plural(one.count, 'pupil has', 'pupils have')} not chosen "
                f"workshops for {one.title}",
                url=url_for("school.event", slug=one.slug, _anchor="workshops"),
                hint="Families choose on their private page. You can type in what they tell you.",
                due_at=one.due_at,
                tag="Workshops",
            )
            for one in due.unchosen(school.id, now=now, until=now + CHOOSE_DUE)
        ),
        *(
            Task(
                title=f"Tell {english.plural(one.count, 'family')} about another workshop at "
                f"{one.title}",
                url=url_for("school.event", slug=one.slug, _anchor="workshops"),
                hint="The host has moved pupils since families were told.",
                due_at=one.due_at,
                tag="Workshops",
                tone="warn",
            )
            for one in due.moved(school.id, now=now)
        ),
    ]
