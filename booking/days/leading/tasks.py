"""What is still to be checked or agreed about who leads."""

from datetime import datetime

from flask import url_for

from booking.days.leading import queries
from booking.domain.permissions import Actor, Role
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine


def of_host(*, actor: Actor, now: datetime) -> list[Task]:
    """Return the providers whose insurance and checks nobody at the host has confirmed."""
    return [
        Task(
            title=f"Check {organisation} before {title}",
            url=url_for("host.work", slug=slug),
            hint="See that they are insured and their people are checked, and say so here.",
            due_at=starts_at,
            tag="To check",
            tone="warn",
        )
        for slug, title, starts_at, organisation in queries.unchecked(
            actor.school_ids(Role.HOST), now=now
        )
    ]


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the events that the school's pupils are to lead and it has not agreed to."""
    return [
        Task(
            title=f"Say whether your pupils may lead {title}",
            url=url_for("leading.agree", slug=slug),
            hint="The host has written down that pupils of yours lead it.",
            due_at=starts_at,
            tag="Your pupils",
            tone="info",
        )
        for slug, title, starts_at in queries.to_agree(school.id, now=now)
    ]
