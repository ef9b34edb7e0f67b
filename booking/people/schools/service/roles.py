"""Roles are granted, revoked and handed over."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from booking.domain.permissions import NETWORK_ROLES, SCHOOL_ROLES, Actor, Role
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id
from booking.foundation.web import sessions
from booking.people.schools import locks, words
from booking.people.schools.models import Person, RoleGrant, School


class RoleRefused(ValueError):
    """This role cannot be granted or revoked; the message says why."""


class NotYoursToGive(RoleRefused):
    """The actor may not give or take this role."""


class AlreadyHeld(RoleRefused):
    """The person holds this role already."""


class LastLead(RoleRefused):
    """Without this lead nobody could run the network."""


@dataclass(frozen=True)
class RoleOffer:
    """A role, and the school or event that it is for."""

    role: Role
    school: School | None = None
    event_id: int | None = None
    #: What the event is called: for the invitation's words.
    event_title: str = ""
    #: Handing a post over: the grant that ends when this one begins.
    replaces: RoleGrant | None = None

    @property
    def school_id(self) -> int | None:
        """Return the school's id."""
        return self.school.id if self.school else None


def check_offer(actor: Actor, offer: RoleOffer) -> None:
    """Raise RoleRefused unless `actor` may give `offer`, and it is whole.

    The lead gives every role; a coordinator those of the own school (so that a successor needs
    nobody else); a host day staff, whose event the route has checked.
    """
    whole = {
        "network": offer.school is None and offer.event_id is None,
        "school": offer.school is not None and offer.event_id is None,
        "event": offer.event_id is not None,
    }[_kind(offer.role)]
    if not whole:
        raise RoleRefused("Choose the school this role is for.")
    if offer.school is not None and offer.school.left_on is not None:
        raise RoleRefused(f"{offer.school.name} has left the network.")
    if not may_give(actor, offer.role, offer.school_id):
        raise NotYoursToGive("Ask the network lead to give this role.")


def may_give(actor: Actor, role: Role, school_id: int | None) -> bool:
    """Say whether `actor` may give or take `role`, at a school if it is a school's role."""
    if actor.kind == "command" or actor.has(Role.LEAD):
        return True
    if role in SCHOOL_ROLES:
        return school_id in actor.school_ids(Role.COORDINATOR)
    return role is Role.DAY_STAFF and actor.has(Role.HOST)


def grant_role(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    role: Role,
    school: School | None = None,
    event_id: int | None = None,
) -> RoleGrant:
    """Give a person a role, and say so by mail.

    Raises AlreadyHeld, NotYoursToGive or RoleRefused.
    """
    offer = RoleOffer(role, school, event_id)
    check_offer(actor, offer)
    if person.disabled_at is not None:
        raise RoleRefused(f"{person.name}’s account is closed. Open it again first.")
    grant = give(actor=actor, now=now, person=person, offer=offer)
    if actor.kind == "person" and actor.person_id != person.id:
        _tell(person, offer, now)
    return grant


def give(*, actor: Actor, now: datetime, person: Person, offer: RoleOffer) -> RoleGrant:
    """Give a role whose offer was checked when it was made."""
    locks.person(person.id)
    if held(person, offer) is not None:
        raise AlreadyHeld(f"{person.name} holds this role already.")
    grant = RoleGrant(
        person=person, role=offer.role, school=offer.school, event_id=offer.event_id, granted_at=now
    )
    db.session.add(grant)
    audit.record(
        actor=actor,
        action="grant_role",
        subject=person,
        school_id=offer.school_id,
        now=now,
        role=offer.role.value,
        event_id=offer.event_id,
    )
    return grant


def held(person: Person, offer: RoleOffer) -> RoleGrant | None:
    """Return the grant by which the person holds the offered role already."""
    return db.session.scalar(
        select(RoleGrant).where(
            RoleGrant.person_id == person.id,
            RoleGrant.role == offer.role,
            RoleGrant.school_id.is_(None)
            if offer.school is None
            else RoleGrant.school_id == offer.school.id,
            RoleGrant.event_id.is_(None)
            if offer.event_id is None
            else RoleGrant.event_id == offer.event_id,
        )
    )


def revoke_role(
    *, actor: Actor, now: datetime, grant: RoleGrant, keep_session: str = "", reason: str = ""
) -> None:
    """Take a role away, at once: the person's sessions end.

    `keep_session` is the public id of a session that goes on (the actor's own). Raises LastLead
    or NotYoursToGive.
    """
    if not may_give(actor, grant.role, grant.school_id):
        raise NotYoursToGive("Ask the network lead to take this role away.")
    take_away(actor=actor, now=now, grant=grant, keep_session=keep_session, reason=reason)


def take_away(
    *, actor: Actor, now: datetime, grant: RoleGrant, keep_session: str = "", reason: str = ""
) -> None:
    """Take away a role when that was allowed before. Raises LastLead."""
    if grant.role is Role.LEAD:
        refuse_last_lead(grant.person_id)
    person = grant.person
    db.session.delete(grant)
    sessions.end_all(person_id=person.id, except_public_id=keep_session)
    audit.record(
        actor=actor,
        action="revoke_role",
        subject=person,
        school_id=grant.school_id,
        now=now,
        reason=reason,
        role=grant.role.value,
        event_id=grant.event_id,
    )


def hand_over(
    *, actor: Actor, now: datetime, grant: RoleGrant, to: Person, keep_session: str = ""
) -> RoleGrant:
    """Move a post to another person in one step, and tell that person.

    Raises RoleRefused and its kinds.
    """
    if to.id == grant.person_id:
        raise RoleRefused("Choose somebody else to take this post over.")
    role, school, event_id = grant.role, grant.school, grant.event_id
    new = grant_role(actor=actor, now=now, person=to, role=role, school=school, event_id=event_id)
    revoke_role(actor=actor, now=now, grant=grant, keep_session=keep_session, reason="handed over")
    return new


def _tell(person: Person, offer: RoleOffer, now: datetime) -> None:
    notifications.queue(
        key=f"role-given:{new_public_id()}",
        to=person.email,
        template="role_given",
        now=now,
        name=person.name,
        post=words.post_of(offer.role, offer.school, one_event=offer.event_id is not None),
        duty=words.DUTIES[offer.role],
        action_url=render.absolute_url("/sign-in"),
        action_label="Sign in",
    )


def refuse_last_lead(person_id: int) -> None:
    """Raise LastLead when no other lead could sign in."""
    if not locks.other_leads(person_id):
        raise LastLead("The network needs a lead. Hand this post over instead.")


def _kind(role: Role) -> str:
    if role in NETWORK_ROLES:
        return "network"
    return "school" if role in SCHOOL_ROLES else "event"
