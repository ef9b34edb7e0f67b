"""Reads about new roles: who is told of one, and which are news to a person."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import aliased, joinedload

from booking.domain.permissions import NETWORK_ROLES, Actor, Role
from booking.foundation.db import db
from booking.people.schools.models import Person, RoleGrant
from booking.people.schools.queries import people

#: So long a new role is on the home pages of those concerned.
NEWS_FOR = timedelta(days=7)
NEWS_MAX = 20


def is_announced(grant: RoleGrant) -> bool:
    """Return whether others must know of a role.

    They must of every network role and every coordinator, who sees a school's families; and of
    whatever role at a school somebody has who also holds a network role.
    """
    if grant.role in NETWORK_ROLES or grant.role is Role.COORDINATOR:
        return True
    return grant.school_id is not None and holds_network_role(grant.person_id)


def told_of(grant: RoleGrant) -> list[Person]:
    """Return who is told of a role: those who hold it already, and its school.

    A network role is told to everybody who holds one: they watch over one another. So is a role at
    a school that one of them takes, and one at a school where nobody else could object.
    """
    at = grant.school_id
    found = [] if at is None else people.coordinators(at)
    others = [person for person in found if person.id != grant.person_id]
    if at is None or not others or holds_network_role(grant.person_id):
        others += [
            one
            for role in (Role.LEAD, Role.TREASURER, Role.AUDITOR)
            for one in people.people_with(role)
        ]
    return [one for one in {one.id: one for one in others}.values() if one.id != grant.person_id]


def is_alone(grant: RoleGrant) -> bool:
    """Return whether nobody else at the school of a role could object to it."""
    others = people.coordinators(grant.school_id) if grant.school_id is not None else []
    return all(person.id == grant.person_id for person in others)


def news_for(actor: Actor, now: datetime) -> Sequence[RoleGrant]:
    """Return the roles announced lately to somebody as `told_of` says, newest first: one query."""
    held = aliased(RoleGrant)
    by_network_role = exists().where(
        held.person_id == RoleGrant.person_id, held.role.in_(NETWORK_ROLES)
    )
    concerned: list[ColumnElement[bool]] = [
        RoleGrant.school_id.in_(actor.school_ids(Role.COORDINATOR))
    ]
    if any(grant.role in NETWORK_ROLES for grant in actor.grants):
        # A school's first coordinator has nobody beside them who would notice.
        other = aliased(RoleGrant)
        alone = ~exists().where(
            other.school_id == RoleGrant.school_id,
            other.role == Role.COORDINATOR,
            other.person_id != RoleGrant.person_id,
        )
        concerned.append(or_(RoleGrant.school_id.is_(None), by_network_role, alone))
    return db.session.scalars(
        select(RoleGrant)
        .where(
            and_(RoleGrant.announced_at > now - NEWS_FOR, or_(*concerned)),
            RoleGrant.person_id != actor.person_id,
        )
        .options(joinedload(RoleGrant.person), joinedload(RoleGrant.school))
        .order_by(RoleGrant.announced_at.desc(), RoleGrant.id.desc())
        .limit(NEWS_MAX)
    ).all()


def holds_network_role(person_id: int) -> bool:
    """Return whether somebody has a role in the network."""
    return any(grant.role in NETWORK_ROLES for grant in people.grants_of(person_id))
