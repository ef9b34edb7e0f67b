"""Somebody leaves a school, or the network: features hear of it in the same transaction."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Grant
from booking.foundation.db import db
from booking.people.schools import announcements
from booking.people.schools.models import Person, RoleGrant, School


def tell(person: Person, ended: Iterable[RoleGrant], *, actor: Actor, now: datetime) -> None:
    """Announce where a person belongs no more, now that these of their roles have ended.

    Nothing is announced of a role beside another at the same school. A role at a school that has
    left the network, or of a closed account, counts for nothing.
    """
    gone = {grant.id for grant in ended}
    held = [] if person.disabled_at is not None else _held(person.id)
    had = _with(person, ended)
    kept = _with(person, [grant for grant in held if grant.id not in gone])
    school_ids = had.schools() - kept.schools()
    is_gone = _sees_life(had) and not _sees_life(kept)
    if school_ids or is_gone:
        announcements.left(person, school_ids=school_ids, is_gone=is_gone, actor=actor, now=now)


def tell_of_school(school: School, *, actor: Actor, now: datetime) -> None:
    """Announce that everybody with a role at a school has left it, since it leaves the network."""
    people = db.session.scalars(
        select(Person)
        .where(Person.grants.any(RoleGrant.school_id == school.id))
        .options(selectinload(Person.grants))
        .order_by(Person.id)
    ).all()
    for person in people:
        here = [grant for grant in person.grants if grant.school_id == school.id]
        tell(person, here, actor=actor, now=now)


def _held(person_id: int) -> list[RoleGrant]:
    found = select(RoleGrant).where(RoleGrant.person_id == person_id)
    held = db.session.scalars(found.options(joinedload(RoleGrant.school)))
    return [grant for grant in held if grant.school is None or grant.school.left_on is None]


def _with(person: Person, grants: Iterable[RoleGrant]) -> Actor:
    held = frozenset(Grant(grant.role, grant.school_id, grant.event_id) for grant in grants)
    return Actor(person_id=person.id, grants=held)


def _sees_life(actor: Actor) -> bool:
    return permissions.may(actor, Action.SEE_NETWORK_LIFE)
