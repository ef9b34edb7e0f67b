"""What schools and people ask the lead and the coordinators to do."""

from datetime import datetime, timedelta

from flask import url_for

from booking.domain import english
from booking.foundation.web.task_lists import Task
from booking.people.schools import queries
from booking.people.schools.queries import SchoolLine

#: How long before the last known school day the next terms should be entered.
TERMS_AHEAD = timedelta(days=60)


def network_tasks(*, now: datetime) -> list[Task]:
    """Return what the lead should do about schools, people and terms."""
    figures = queries.figures(now)
    found = []
    if not figures.schools:
        found.append(
            Task(
                "Bring your schools in",
                url_for("admin.import_register"),
                "From the national register, by town, postcode or reference number.",
                tag="First step",
                tone="info",
            )
        )
    if figures.uncoordinated:
        found.append(
            Task(
                f"Invite a coordinator for {english.plural(figures.uncoordinated, 'school')}",
                url_for("admin.schools", show="uncoordinated"),
                "A school without a coordinator cannot ask for places.",
            )
        )
    if figures.invitations_lapsed:
        found.append(
            Task(
                f"Send {english.plural(figures.invitations_lapsed, 'invitation')} again",
                url_for("admin.invitations"),
                "Nobody took them up within 14 days.",
            )
        )
    if figures.leads == 1:
        found.append(
            Task(
                "Invite a second lead",
                url_for("admin.invite"),
                "So that the network never depends on one person.",
            )
        )
    return [*found, *_term_tasks(now)]


def _term_tasks(now: datetime) -> list[Task]:
    last_on = max((term.last_on for term in queries.calendar(None).terms), default=None)
    if last_on is not None and last_on - now.date() > TERMS_AHEAD:
        return []
    hint = "Deadlines are counted in school days, so they need to know the holidays."
    title = "Enter the next terms" if last_on else "Enter the terms"
    return [Task(title, url_for("admin.days"), hint)]


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what a coordinator should do about the own school's details."""
    if school.emergency_phone:
        return []
    return [
        Task(
            "Enter your school’s emergency telephone",
            url_for("own_school.details"),
            "Hosts ring it when something happens to one of your pupils.",
            tag="Missing",
            tone="warn",
        )
    ]
