"""Lock whose second factors are about to change, so that two removals never leave none."""

from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.people.factors.models import Passkey
from booking.people.schools.models import Person, RoleGrant


def roles_of(person: Person) -> set[Role]:
    """Lock a person's account; return which roles they have now."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    theirs = select(RoleGrant.role).where(RoleGrant.person_id == person.id)
    return set(db.session.scalars(theirs))


def owner_of(passkey: Passkey) -> Person | None:
    """Lock the account that a passkey belongs to, then read the passkey; None if it is gone.

    The account comes first, as where a passkey is removed.
    """
    owner = db.session.get_one(
        Person, passkey.person_id, with_for_update=True, populate_existing=True
    )
    there = select(Passkey).where(Passkey.id == passkey.id)
    found = db.session.scalar(there.execution_options(populate_existing=True))
    return owner if found is not None else None
