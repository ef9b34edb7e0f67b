"""Handing over a role: it is offered to one person, and its holder keeps it until they accept."""

from datetime import datetime

from booking.domain.permissions import LIFE_ROLES, Actor
from booking.foundation.audit import service as audit
from booking.foundation.tokens import new_token, token_hash
from booking.people.schools import locks, queries
from booking.people.schools.models import Invitation, RoleGrant
from booking.people.schools.service import giving, invitations, post_news, successors
from booking.people.schools.service.taking_up import InvitationGone


def ask_whom(*, actor: Actor, grant: RoleGrant, email: str) -> successors.Successor:
    """Return who would take over a role, to be checked before anything is sent.

    Raises giving.RoleRefused or invitations.InvitationRefused.
    """
    if grant.role in LIFE_ROLES:
        raise giving.RoleRefused("This role is not handed over. Invite the new person instead.")
    to = successors.successor(actor=actor, grant=grant, email=email)
    invitations.needed(actor, to.email, [_offer(grant)])
    return to


def offer_post(
    *, actor: Actor, now: datetime, grant: RoleGrant, email: str, name: str
) -> Invitation:
    """Offer a role to the person with an address, once; its holder keeps it until they accept.

    Nothing is sent to somebody who works at another school until a lead allows it. An earlier offer
    of this role to somebody else is withdrawn; offering it to the same person again changes
    nothing. Raises giving.RoleRefused or invitations.InvitationRefused.
    """
    if not locks.holds_post(grant.id):
        raise giving.RoleRefused("Somebody else has this role now. Check the list again.")
    to = ask_whom(actor=actor, grant=grant, email=email)
    invitations.refuse_flood(actor)
    for before in locks.offers_of(grant):
        if before.email == to.email and before.expires_at > now:
            return before
        before.withdrawn_at = now
        audit.record(actor=actor, action="withdraw_invitation", subject=before, now=now)
    known = to.person.name if to.person is not None else name
    invitation, token = invitations.write(actor, now, to.email, known, [_offer(grant)])
    if to.needs_lead:
        post_news.lead_asked(invitation, grant, now)
    else:
        invitation.lead_allowed_at = now if successors.decides(actor) else None
        invitations.send(invitation, token, now)
    post_news.begun(invitation, grant, actor, now)
    return invitation


def allow(*, actor: Actor, now: datetime, invitation: Invitation) -> None:
    """Allow a role, handed over or given, for somebody at another school; now the link is sent.

    Allowing twice changes nothing. Raises giving.RoleRefused or invitations.InvitationRefused.
    """
    if not successors.decides(actor):
        raise giving.NotYoursToGive("Only the network lead can allow this.")
    invitations.check_open(invitation)
    giving.refuse_oneself(actor, queries.person_by_email(invitation.email))
    if invitation.expires_at <= now:
        raise invitations.InvitationRefused("This offer has expired. It has to be made again.")
    if not successors.waits_for_lead(invitation):
        return
    grant = successors.handed_over(invitation)
    token = new_token()
    invitation.token_hash = token_hash(token)
    invitation.lead_allowed_at = now
    invitation.expires_at = now + invitations.VALID_FOR
    audit.record(
        actor=actor,
        action="allow_hand_over" if grant is not None else "allow_invitation",
        subject=invitation,
        school_id=next((row.school_id for row in invitation.roles if row.school_id), None),
        now=now,
    )
    invitations.send(invitation, token, now)
    post_news.allowed(invitation, grant, now)


def decline(*, actor: Actor, now: datetime, invitation: Invitation, email: str) -> None:
    """Decline an offer. Raises InvitationGone or invitations.InvitationRefused."""
    invitations.check_open(invitation)
    if invitation.email != email:
        raise InvitationGone("This invitation is for somebody else.")
    invitation.withdrawn_at = now
    audit.record(actor=actor, action="decline_invitation", subject=invitation, now=now)
    post_news.declined(invitation, now)


def _offer(grant: RoleGrant) -> giving.RoleOffer:
    return giving.RoleOffer(grant.role, grant.school, grant.event_id, replaces=grant)
