"""Lock whose second factors are about to change, so that two removals never leave none."""

from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.people.schools.models import Person, RoleGrant


def roles_of(person: Person) -> set[Role]:
    """Lock a person's account; return which roles they have now."""
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update())
    theirs = select(RoleGrant.role).where(RoleGrant.person_id == person.id)
    return set(db.session.scalars(theirs))
