"""Tasks about schools and people, for the lead and the coordinators."""

from datetime import datetime, timedelta

from flask import url_for
from flask_login import current_user

from booking.domain import english
from booking.domain.permissions import Role
from booking.foundation.web.task_lists import Task
from booking.people.schools import queries, service, words
from booking.people.schools.details import SchoolLine

#: How long before the last known school day the next terms should be entered.
TERMS_AHEAD = timedelta(days=60)


def network_tasks(*, now: datetime) -> list[Task]:
    """Return what the lead should do about schools, people and terms."""
    figures = queries.figures(now)
    found = []
    if not figures.schools:
        found.append(
            Task(
                "Add your schools",
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
                "They were not accepted within 14 days.",
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
    hint = "Deadlines are counted in school days, so we need to know the holidays."
    title = "Enter the next terms" if last_on else "Enter the terms"
    return [Task(title, url_for("admin.days"), hint)]


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what a coordinator should do about their school's details."""
    if school.emergency_phone:
        return []
    return [
        Task(
            "Enter your school’s emergency telephone",
            url_for("own_school.details"),
            "Hosts ring it if something happens to one of your pupils.",
            tag="Missing",
            tone="warn",
        )
    ]


def hand_over_tasks(*, now: datetime) -> list[Task]:
    """Return the roles offered to people at another school, for the lead to decide."""
    undecided = queries.undecided(now)
    waiting = service.waiting(undecided)
    return [
        Task(
            f"{title}: {'; '.join(words.post(row) for row in found.roles)}",
            url_for("admin.invitations"),
            f"{found.name} works at another school. Allow or cancel it.",
            due_at=found.expires_at,
            tag=tag,
            tone="warn",
        )
        for found in undecided
        if found.id in waiting
        for title, tag in [
            ("Decide who takes over", "Handover")
            if service.handed_over(found) is not None
            else ("Decide who may be", "Invitation")
        ]
    ]


def new_roles(*, now: datetime, **_facts: object) -> list[Task]:
    """Return the roles that others were given lately, so that a wrong one is stopped."""
    return [
        Task(
            f"{grant.person.name} is now {words.post(grant)}",
            url_for("posts.post", public_id=grant.public_id),
            "If that is wrong, stop it.",
            tag="New role",
            tone="info",
        )
        for grant in queries.posts.news_for(current_user.actor, now)
    ]


def offer_tasks(*, now: datetime, **_facts: object) -> list[Task]:
    """Return the roles on offer to the person signed in."""
    return [
        Task(
            f"Say whether you will take over: {'; '.join(words.post(row) for row in found.roles)}",
            url_for("account.offer", public_id=found.public_id),
            "Nothing changes until you accept.",
            due_at=found.expires_at,
            tag="Offered",
            tone="info",
        )
        for found in queries.offered_to(current_user.email, now)
        if not service.waits_for_lead(found)
    ]


def offer_tasks_of_others(*, now: datetime, **_facts: object) -> list[Task]:
    """Return the same for everybody whose home page is not a coordinator's."""
    if current_user.actor.has(Role.COORDINATOR):
        return []
    return offer_tasks(now=now)
