"""Tasks for hosts and schools about the day itself."""

from datetime import datetime, timedelta

from flask import url_for

from booking.domain import english
from booking.domain.permissions import Actor
from booking.domain.terms import london
from booking.foundation.clock import LONDON
from booking.foundation.web.task_lists import Task
from booking.on_the_day.rosters import queries, windows
from booking.people.schools.details import SchoolLine

#: How long before an event its roster and its accompanying adults become tasks.
ROSTER_DUE = timedelta(days=7)
ADULTS_DUE = timedelta(days=14)


def host_tasks(*, actor: Actor, now: datetime) -> list[Task]:
    """Return registers to take, and rosters to download before the day."""
    return [*_registers(actor, now), *_rosters(actor, now)]


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return events for which the school has not said who accompanies its pupils."""
    return [
        Task(
            title=f"Say who will accompany your pupils to {title}",
            url=url_for("rosters.adults", slug=slug),
            hint="The host needs a name and a mobile number to ring.",
            due_at=starts_at,
            tag="Adults",
        )
        for slug, title, starts_at in queries.without_adults(
            school.id, since=now, until=now + ADULTS_DUE
        )
    ]


def _registers(actor: Actor, now: datetime) -> list[Task]:
    today = london(now).date()
    midnight = datetime(today.year, today.month, today.day, tzinfo=LONDON)
    found = queries.register_work(
        actor, since=midnight - windows.REGISTER_UNTIL, until=midnight + timedelta(days=1)
    )
    return [
        Task(
            title=f"Take the register for {day.event.title}",
            url=url_for("rosters.register", slug=day.event.slug, date=day.number),
            hint=f"{english.plural(count, 'pupil')} not marked yet.",
            due_at=day.ends_at,
            tag="Today" if london(day.ends_at).date() >= today else "Late",
            tone="info" if london(day.ends_at).date() >= today else "warn",
        )
        for day, count in found
    ]


def _rosters(actor: Actor, now: datetime) -> list[Task]:
    return [
        Task(
            title=f"Download the roster for {event.title}",
            url=url_for("rosters.page", slug=event.slug),
            hint="Print it for the day: alerts, food and who to ring.",
            due_at=event.first_starts_at,
            tag="Roster",
        )
        for event in queries.rosters_due(actor, since=now, until=now + ROSTER_DUE)
    ]
