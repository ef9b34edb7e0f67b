"""Somebody leaves by themselves: their roles in network life end, and their account closes."""

from datetime import datetime

from booking.domain.permissions import LIFE_ROLES, Actor
from booking.people.schools import locks, queries
from booking.people.schools.models import Person
from booking.people.schools.service import people, post_news, roles


class RolesToHandOver(people.PersonRefused):
    """Whoever has pupils, money or events in their hands hands them over first."""


def leave(*, actor: Actor, now: datetime, person: Person) -> None:
    """End one's own roles and close one's account; coordinators, or the lead, are told.

    Raises RolesToHandOver, PersonRefused.
    """
    assert actor.person_id == person.id, "nobody leaves for somebody else"
    locks.person(person.id)
    held = queries.grants_of(person.id)
    if any(grant.role not in LIFE_ROLES for grant in held):
        raise RolesToHandOver("Hand over your other roles first, or ask the network lead.")
    told = [(grant, post_news.keepers_of(grant)) for grant in held]
    for grant in held:
        roles.take_away(actor=actor, now=now, grant=grant, reason="left")
    people.close(actor=actor, now=now, person=person, reason="left")
    for grant, keepers in told:
        post_news.has_left(grant, person, keepers, now)
