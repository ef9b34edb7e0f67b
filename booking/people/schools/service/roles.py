"""Roles are granted and revoked."""

from datetime import datetime

from sqlalchemy import select

from booking.domain.permissions import NETWORK_ROLES, Actor, Role
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id
from booking.foundation.web import addresses, sessions
from booking.people.schools import locks, queries, words
from booking.people.schools.models import Person, RoleGrant, School
from booking.people.schools.service import announcing, giving, leaving, withdrawing


class AlreadyHeld(giving.RoleRefused):
    """The person already has this role."""


class LastLead(giving.RoleRefused):
    """Without this lead nobody could run the network."""


def grant_role(
    *,
    actor: Actor,
    now: datetime,
    person: Person,
    role: Role,
    school: School | None = None,
    event_id: int | None = None,
    institution: str = "",
) -> RoleGrant:
    """Give a person a role, and say so by mail.

    Raises AlreadyHeld or another RoleRefused.
    """
    offer = giving.RoleOffer(role, school, event_id, institution=institution)
    giving.check_offer(actor, offer)
    giving.refuse_oneself(actor, person)
    if person.disabled_at is not None:
        raise giving.RoleRefused(f"{person.name}’s account is closed. Open it again first.")
    grant = give(actor=actor, now=now, person=person, offer=offer)
    if actor.kind == "person":
        _tell(person, offer, actor, now)
        announcing.begun(grant, given_by=db.session.get(Person, actor.person_id), now=now)
    return grant


def give(*, actor: Actor, now: datetime, person: Person, offer: giving.RoleOffer) -> RoleGrant:
    """Give a role whose offer was checked when it was made."""
    locks.person(person.id)
    if held(person, offer) is not None:
        raise AlreadyHeld(f"{person.name} already has this role.")
    grant = RoleGrant(
        person=person,
        role=offer.role,
        school=offer.school,
        event_id=offer.event_id,
        institution=offer.institution,
        granted_at=now,
    )
    db.session.add(grant)
    if offer.role in NETWORK_ROLES:
        sessions.shorten(person_id=person.id)
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


def held(person: Person, offer: giving.RoleOffer) -> RoleGrant | None:
    """Return the grant by which the person already has the offered role."""
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
    """Remove a role at once: the person's sessions end.

    `keep_session` is the public id of a session that stays (the actor's own). Raises LastLead or
    NotYoursToGive.
    """
    if not giving.may_give(actor, grant.role, grant.school_id):
        raise giving.NotYoursToGive("Ask the network lead to remove this role.")
    take_away(actor=actor, now=now, grant=grant, keep_session=keep_session, reason=reason)


def stop_role(*, actor: Actor, now: datetime, grant: RoleGrant, keep_session: str = "") -> None:
    """Remove a role that somebody should never have got, and say so to whoever was told of it.

    Raises LastLead or NotYoursToGive.
    """
    announcing.stopped(grant, actor=actor, now=now)
    revoke_role(
        actor=actor, now=now, grant=grant, keep_session=keep_session, reason="stopped as wrong"
    )


def take_away(
    *, actor: Actor, now: datetime, grant: RoleGrant, keep_session: str = "", reason: str = ""
) -> None:
    """Remove a role, with what it offered, once that is allowed. Raises LastLead."""
    if grant.role is Role.LEAD:
        refuse_last_lead(grant.person_id)
    person = grant.person
    withdrawing.on_loss(actor=actor, now=now, grant=grant)
    if not locks.holds_post(grant.id):
        raise giving.RoleRefused("Somebody else has this role now. Check the list again.")
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
    leaving.tell(person, [grant], actor=actor, now=now)


def _tell(person: Person, offer: giving.RoleOffer, actor: Actor, now: datetime) -> None:
    notifications.queue(
        key=f"role-given:{new_public_id()}",
        to=person.email,
        template="role_given",
        now=now,
        reply_to=queries.person_or_lead(actor.person_id),
        name=person.name,
        post=words.post_of(
            offer.role,
            offer.school,
            one_event=offer.event_id is not None,
            institution=offer.institution,
        ),
        duty=words.DUTIES[offer.role],
        action_url=render.absolute_url(addresses.SIGN_IN()),
        action_label="Sign in",
    )


def refuse_last_lead(person_id: int) -> None:
    """Raise LastLead when no other lead could sign in."""
    if not locks.other_leads(person_id):
        raise LastLead("The network needs a lead. Hand this role over instead.")
