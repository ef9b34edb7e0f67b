"""A new role that others must know of is announced to them, and stopped if it is wrong."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.people.schools import queries
from booking.people.schools.models import Person, RoleGrant
from booking.people.schools.service import post_news


def begun(grant: RoleGrant, *, given_by: Person | None, now: datetime) -> None:
    """Tell those concerned that somebody has a new role, by mail and on their home pages."""
    if not queries.posts.is_announced(grant):
        return
    grant.announced_at = now
    told = [person for person in queries.posts.told_of(grant) if person is not given_by]
    post_news.begun_role(grant, told, given_by, now)


def stopped(grant: RoleGrant, *, actor: Actor, now: datetime) -> None:
    """Record that a new role was wrong, and tell everybody who had been told of it."""
    audit.record(
        actor=actor,
        action="stop_role",
        subject=grant.person,
        school_id=grant.school_id,
        now=now,
        role=grant.role.value,
    )
    told = [one for one in queries.posts.told_of(grant) if one.id != actor.person_id]
    post_news.stopped_role(grant, [*told, grant.person], actor, now)
