"""Accepting an invitation, once: by its link, or by the person signed in with its address."""

from datetime import datetime

from sqlalchemy import select, update

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.tokens import token_hash
from booking.people.schools import words
from booking.people.schools.models import Invitation, InvitationRole, Person, RoleGrant
from booking.people.schools.passwords import HashedPassword
from booking.people.schools.service import announcing, giving, people, post_news, roles, successors


class InvitationGone(ValueError):
    """The link is unknown, expired, used or withdrawn: one answer for all."""


class WaitsForLead(InvitationGone):
    """A role at one school, offered to somebody at another, needs a lead to allow it first."""


def find_open(*, token: str, now: datetime) -> Invitation:
    """Return the invitation of a link that is still valid. Raises InvitationGone.

    Looking changes nothing: mail scanners follow every link.
    """
    invitation = db.session.scalar(
        select(Invitation).where(Invitation.token_hash == token_hash(token))
    )
    return still_open(invitation, now=now)


def still_open(invitation: Invitation | None, *, now: datetime) -> Invitation:
    """Return an invitation that may be accepted now. Raises InvitationGone."""
    if (
        invitation is None
        or invitation.accepted_at is not None
        or invitation.withdrawn_at is not None
        or invitation.expires_at <= now
        or not _still_offered(invitation)
    ):
        raise InvitationGone("This invitation is no longer valid.")
    if successors.waits_for_lead(invitation):
        raise WaitsForLead("The network lead must allow this first.")
    return invitation


def _still_offered(invitation: Invitation) -> bool:
    """Return whether its sender may still give all of it, with the roles they have today."""
    if invitation.invited_by is None:
        return True  # by a command
    inviter = giving.actor_now(invitation.invited_by)
    try:
        for row in invitation.roles:
            giving.check_offer(inviter, giving.offered(row))
    except giving.RoleRefused:
        return False
    return True


def accept_invitation(
    *,
    now: datetime,
    token: str,
    person: Person | None = None,
    name: str = "",
    password: HashedPassword | None = None,
) -> Person:
    """Give an invited person the offered roles, once.

    `person` is the one signed in; without one an account is made with `name` and `password`. Raises
    InvitationGone, or people.EmailTaken.
    """
    invitation = find_open(token=token, now=now)
    if person is not None:
        return accept_offered(now=now, invitation=invitation, person=person)
    _take(invitation, now)
    assert password is not None, "a new person chooses a password"
    person = people.add_person(
        actor=Actor(kind="visitor"),
        now=now,
        name=name,
        email=invitation.email,
        password=password,
    )
    return _give_all(invitation, person, now)


def accept_offered(*, now: datetime, invitation: Invitation, person: Person) -> Person:
    """Give a person with an account what was offered to their address. Raises InvitationGone."""
    still_open(invitation, now=now)
    own = giving.is_own(person, invitation.invited_by_id)
    if own or person.email != invitation.email or person.disabled_at is not None:
        raise InvitationGone("This invitation is for somebody else.")
    _take(invitation, now)
    return _give_all(invitation, person, now)


def _take(invitation: Invitation, now: datetime) -> None:
    """Let only one of several simultaneous attempts accept an invitation."""
    taken = db.session.execute(
        update(Invitation)
        .where(
            Invitation.id == invitation.id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
        .values(accepted_at=now)
    )
    if taken.rowcount != 1:  # type: ignore[attr-defined]
        raise InvitationGone("This invitation is no longer valid.")


def _give_all(invitation: Invitation, person: Person, now: datetime) -> Person:
    actor = Actor(person_id=person.id)
    for row in invitation.roles:
        _take_up(actor, now, person, row, invitation.invited_by)
    audit.record(actor=actor, action="accept_invitation", subject=invitation, now=now)
    return person


def _take_up(
    actor: Actor, now: datetime, person: Person, row: InvitationRole, inviter: Person | None
) -> None:
    offer = giving.offered(row)
    if roles.held(person, offer) is None:
        grant = roles.give(actor=actor, now=now, person=person, offer=offer)
        announcing.begun(grant, given_by=inviter, now=now)
    replaced = db.session.get(RoleGrant, row.replaces_id) if row.replaces_id else None
    if replaced is not None and replaced.person_id != person.id:
        # Whoever handed the role over was allowed to when the invitation was written.
        post_news.taken_up(words.post(replaced), replaced, person, now)
        roles.take_away(actor=actor, now=now, grant=replaced, reason="handed over")
