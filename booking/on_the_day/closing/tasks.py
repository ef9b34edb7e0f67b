"""Tasks after an event: close its day, see to what was left behind; for the lead, what is late."""

from datetime import datetime

from flask import url_for

from booking.domain import terms
from booking.domain.closing_day import LATE_AFTER
from booking.domain.lost_property import LostState
from booking.domain.permissions import Actor
from booking.foundation.web.task_lists import Task
from booking.on_the_day.closing import queries, words


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the days that this host has to close, and the things to see to."""
    days = [
        Task(
            title=f"Close the day: {event.title}",
            url=url_for("closing.day", slug=event.slug),
            hint="The register, thanks, lost property, costs, and what you would do again.",
            due_at=event.last_ends_at + LATE_AFTER if event.last_ends_at else None,
            tag="Afterwards",
        )
        for event in queries.days_to_close(actor, now)
    ]
    things = [
        Task(
            title=f"Lost property: {thing.what}",
            url=url_for("closing.lost", slug=thing.event.slug),
            hint=f"{words.status(thing)[0]}."
            if thing.state is LostState.CLAIMED
            else "Nobody has asked for it, and its last day is over.",
            tag="Lost property",
        )
        for thing in queries.things_to_see_to(actor, terms.london(now).date())
    ]
    return [*days, *things]


def of_lead(*, now: datetime) -> list[Task]:
    """Return the days that nobody has closed a week after they ended."""
    return [
        Task(
            title=f"{event.title} is not closed",
            url=url_for("closing.day", slug=event.slug),
            hint=f"{event.host_school.name} has not closed the day. Ask what is left to do.",
            due_at=event.last_ends_at,
            tag="Not closed",
            tone="warn",
        )
        for event in queries.late_days(now - LATE_AFTER, now)
    ]
