"""Mail about resources: to the lead what is wrong, to whoever wrote or told what was done."""

from datetime import datetime, timedelta

from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.resources.models import Resource, ResourceProblem, TriedNote
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: For how long such mail is worth sending.
KEPT = timedelta(days=30)


def tell_of_problem(problem: ResourceProblem, *, now: datetime) -> None:
    """Tell every lead what somebody says is wrong; answers go to that person."""
    for lead in school_queries.people_with(Role.LEAD):
        notifications.queue(
            key=f"resource_problem:{problem.public_id}:{lead.id}",
            to=lead.email,
            template="resource_problem",
            now=now,
            keep_until=now + KEPT,
            reply_to=school_queries.person_or_lead(problem.told_by_id),
            name=lead.name,
            title=problem.resource.title,
            told=problem.told,
            action_url=_url(problem.resource),
            action_label="Open the resource",
        )


def tell_of_settling(problem: ResourceProblem, *, actor: Actor, now: datetime) -> None:
    """Tell whoever said what was wrong what was done about it."""
    _tell(
        problem.told_by_id,
        problem.resource,
        f"resource_settled:{problem.public_id}",
        "What was done about it",
        ["You told the network lead that something was wrong with this resource."],
        problem.answer,
        actor=actor,
        now=now,
    )


def tell_of_hiding(note: TriedNote, *, actor: Actor, now: datetime) -> None:
    """Tell whoever wrote a note that it is hidden, and why."""
    _tell(
        note.author_id,
        note.resource,
        f"note_hidden:{note.public_id}:{now.isoformat()}",
        "Your note is hidden",
        [
            "The network lead has hidden what you wrote about this resource. Nobody else sees it.",
            "You can take it back on the resource’s page, and write another.",
        ],
        note.hidden_reason,
        actor=actor,
        now=now,
    )


def tell_of_withdrawal(resource: Resource, *, actor: Actor, now: datetime) -> None:
    """Tell whoever shared a resource that somebody else has withdrawn it, and why."""
    if actor.person_id == resource.author_id:
        return
    _tell(
        resource.author_id,
        resource,
        f"resource_withdrawn:{resource.public_id}:{now.isoformat()}",
        "Your resource was withdrawn",
        [
            "Colleagues no longer see this resource. It is deleted after a year, unless it is put "
            "back."
        ],
        resource.withdrawn_reason,
        actor=actor,
        now=now,
    )


def _tell(
    person_id: int | None,
    resource: Resource,
    key: str,
    heading: str,
    lines: list[str],
    reason: str,
    *,
    actor: Actor,
    now: datetime,
) -> None:
    person = db.session.get(Person, person_id) if person_id is not None else None
    if person is None or person.disabled_at is not None:
        return
    notifications.queue(
        key=key,
        to=person.email,
        template="resource_news",
        now=now,
        keep_until=now + KEPT,
        reply_to=school_queries.person_or_lead(actor.person_id),
        name=person.name,
        title=resource.title,
        heading=heading,
        lines=lines,
        reason=reason,
        action_url=_url(resource),
        action_label="Open the resource",
    )


def _url(resource: Resource) -> str:
    return absolute_url(addresses.RESOURCE(public_id=resource.public_id))
