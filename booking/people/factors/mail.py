"""Who is told that the way somebody signs in has changed: the person, and the leads if reset."""

from datetime import datetime

from booking.domain.permissions import Role
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id
from booking.foundation.web import addresses
from booking.people.factors import words
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def tell(person: Person, *, action: str, now: datetime, **facts: object) -> None:
    """Tell a person of a change; whoever did not make it can act at once."""
    change = words.CHANGED[action]
    for name, fact in facts.items():
        change = change.replace(f"{{{name}}}", str(fact))
    notifications.queue(
        key=f"factors:{new_public_id()}",
        to=person.email,
        template="factors_changed",
        now=now,
        reply_to=school_queries.lead(),
        name=person.name,
        at=now,
        change=change,
        action_url=render.absolute_url(addresses.SECURITY()),
        action_label="Look at your sign-in",
    )


def tell_leads(person: Person, *, by: Person | None, now: datetime) -> None:
    """Tell every other lead that somebody's second factors were reset, and by whom."""
    batch = new_public_id()
    for lead in school_queries.people_with(Role.LEAD):
        if lead.id in (person.id, by.id if by else None):
            continue
        notifications.queue(
            key=f"factors-reset:{batch}:{lead.id}",
            to=lead.email,
            template="factors_reset",
            now=now,
            reply_to=school_queries.lead(),
            name=lead.name,
            at=now,
            person=person.name,
            who=by.name if by else "",
            action_url=render.absolute_url(addresses.PERSON(public_id=person.public_id)),
            action_label=f"Look at {person.name}’s account",
        )
