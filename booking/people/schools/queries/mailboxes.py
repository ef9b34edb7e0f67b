"""Whom somebody reaches who answers a mail of ours."""

from collections.abc import Iterable

from booking.domain.permissions import Role
from booking.foundation import contacts
from booking.foundation.db import db
from booking.people.schools.models import Person
from booking.people.schools.queries import people


def mailbox_of(found: Iterable[Person]) -> str:
    """Return the mailbox of the first of these people, for Reply-To; "" if there is nobody."""
    first = next(iter(found), None)
    return contacts.mailbox(first.name, first.email) if first else ""


def treasurer() -> str:
    """Return the mailbox of the network's treasurer, whom answers about money reach."""
    return mailbox_of(people.people_with(Role.TREASURER))


def lead() -> str:
    """Return the mailbox of the network lead, whom answers about the network reach."""
    return mailbox_of(people.people_with(Role.LEAD))


def person_or_lead(person_id: int | None) -> str:
    """Return the mailbox of somebody who can still sign in, or else of the network lead."""
    found = db.session.get(Person, person_id) if person_id is not None else None
    return mailbox_of([found]) if found is not None and found.disabled_at is None else lead()
