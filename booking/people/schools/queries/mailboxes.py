"""Whom somebody reaches who answers a mail of ours."""

from collections.abc import Iterable

from booking.domain.permissions import Role
from booking.foundation import contacts
from booking.people.schools.models import Person
from booking.people.schools.queries import people


def mailbox_of(found: Iterable[Person]) -> str:
    """Return the mailbox of the first of these people, for Reply-To; "" if there is nobody."""
    first = next(iter(found), None)
    return contacts.mailbox(first.name, first.email) if first else ""


def treasurer() -> str:
    """Return the mailbox of the network's treasurer, whom answers about money reach."""
    return mailbox_of(people.people_with(Role.TREASURER))
