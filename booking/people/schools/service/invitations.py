"""People are invited to roles by a private link."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import func, select

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id, new_token, token_hash
from booking.foundation.web import addresses
from booking.people.schools import queries, words
from booking.people.schools.models import Invitation, InvitationRole, Person
from booking.people.schools.service import giving, people, post_news, roles, successors

VALID_FOR = timedelta(days=14)
#: Stops a coordinator from turning the network into a source of unwanted mail.
OPEN_MAX = 200


class InvitationRefused(ValueError):
    """This invitation cannot be sent; the message says why."""


def invite(
    *,
    actor: Actor,
    now: datetime,
    email: str,
    name: str,
    offers: Sequence[giving.RoleOffer],
) -> str:
    """Invite somebody to one or several roles by e-mail; return the token.

    The same person's open invitation to one of these roles is withdrawn, so that the newest mail
    counts. Nothing is sent to somebody who works at another school until a lead allows it. Raises
    giving.RoleRefused or InvitationRefused.
    """
    email = people.email_key(email)
    offers = needed(actor, email, offers)
    refuse_flood(actor)
    _withdraw_older(actor, now, email, offers)
    invitation, token = write(actor, now, email, name, offers)
    invitation.lead_allowed_at = now if successors.decides(actor) else None
    db.session.flush()
    if successors.waits_for_lead(invitation):
        post_news.lead_asked(invitation, None, now)
    else:
        send(invitation, token, now)
    return token


def write(
    actor: Actor, now: datetime, email: str, name: str, offers: Sequence[giving.RoleOffer]
) -> tuple[Invitation, str]:
    """Write an invitation to checked offers; return it and its token. Nobody is told yet."""
    token = new_token()
    invitation = Invitation(
        public_id=new_public_id(),
        token_hash=token_hash(token),
        email=email,
        name=name,
        invited_by_id=actor.person_id,
        invited_at=now,
        expires_at=now + VALID_FOR,
        roles=[
            InvitationRole(
                role=offer.role,
                school=offer.school,
                event_id=offer.event_id,
                event_title=offer.event_title,
                institution=offer.institution,
                replaces_id=offer.replaces.id if offer.replaces else None,
            )
            for offer in offers
        ],
    )
    db.session.add(invitation)
    audit.record(
        actor=actor,
        action="invite_person",
        subject=invitation,
        now=now,
        school_id=next((offer.school_id for offer in offers if offer.school_id), None),
        roles=[offer.role.value for offer in offers],
    )
    return invitation, token


def send_again(*, actor: Actor, now: datetime, invitation: Invitation) -> str:
    """Send a new link for an unanswered invitation, in the sender's own name; the old one ends."""
    check_open(invitation)
    check_may_keep(actor, invitation)
    giving.refuse_oneself(actor, queries.person_by_email(invitation.email))
    if successors.waits_for_lead(invitation):
        raise InvitationRefused(
            "The network lead has not allowed this yet. The link is sent once they do."
        )
    token = new_token()
    invitation.invited_by_id = actor.person_id or invitation.invited_by_id
    invitation.token_hash = token_hash(token)
    invitation.expires_at = now + VALID_FOR
    audit.record(actor=actor, action="send_invitation_again", subject=invitation, now=now)
    send(invitation, token, now)
    return token


def change_invited_address(
    *, actor: Actor, now: datetime, invitation: Invitation, email: str
) -> str:
    """Send an unanswered invitation to another address; the old link ends.

    Raises giving.RoleRefused or InvitationRefused.
    """
    check_open(invitation)
    check_may_keep(actor, invitation)
    if successors.handed_over(invitation) is not None:
        raise InvitationRefused("Cancel this and hand the role over again, to the right person.")
    email = people.email_key(email)
    if email == invitation.email:
        raise InvitationRefused("The invitation was sent to this address. Correct it, or go back.")
    offers = [giving.offered(row) for row in invitation.roles]
    needed(actor, email, offers)
    _withdraw_older(actor, now, email, offers)
    invitation.email = email
    if successors.waits_for_lead(invitation):
        raise InvitationRefused(
            "Somebody at another school has this address. Cancel this invitation and invite them: "
            "the network lead decides."
        )
    audit.record(actor=actor, action="change_invited_address", subject=invitation, now=now)
    return send_again(actor=actor, now=now, invitation=invitation)


def withdraw_invitation(*, actor: Actor, now: datetime, invitation: Invitation) -> None:
    """Make an unanswered invitation's link useless."""
    check_open(invitation)
    check_may_keep(actor, invitation)
    waited = successors.waits_for_lead(invitation)
    invitation.withdrawn_at = now
    audit.record(actor=actor, action="withdraw_invitation", subject=invitation, now=now)
    post_news.taken_back(invitation, actor, now, waited=waited)


def needed(actor: Actor, email: str, offers: Sequence[giving.RoleOffer]) -> list[giving.RoleOffer]:
    """Return the offers that the person does not have yet; check them all."""
    if not offers:
        raise InvitationRefused("Choose at least one role.")
    for offer in offers:
        giving.check_offer(actor, offer)
    known = queries.person_by_email(email)
    if known is None:
        return list(offers)
    if known.disabled_at is not None:
        raise InvitationRefused(f"{known.name}’s account is closed. Open it again first.")
    needed = [offer for offer in offers if roles.held(known, offer) is None]
    if not needed:
        raise InvitationRefused(f"{known.name} already has this role.")
    giving.refuse_oneself(actor, known)
    return needed


def _withdraw_older(
    actor: Actor, now: datetime, email: str, offers: Sequence[giving.RoleOffer]
) -> None:
    wanted = {(offer.role, offer.school_id, offer.event_id) for offer in offers}
    older = db.session.scalars(
        select(Invitation).where(
            Invitation.email == email,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    ).all()
    for invitation in older:
        if wanted & {(row.role, row.school_id, row.event_id) for row in invitation.roles}:
            invitation.withdrawn_at = now
            audit.record(actor=actor, action="withdraw_invitation", subject=invitation, now=now)


def refuse_flood(actor: Actor) -> None:
    unanswered = db.session.scalar(
        select(func.count(Invitation.id)).where(
            Invitation.invited_by_id == actor.person_id,
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
        )
    )
    if (unanswered or 0) >= OPEN_MAX:
        raise InvitationRefused("Withdraw some of your unanswered invitations first.")


def check_open(invitation: Invitation) -> None:
    if invitation.accepted_at is not None or invitation.withdrawn_at is not None:
        raise InvitationRefused("This invitation has been answered or withdrawn.")


def check_may_keep(actor: Actor, invitation: Invitation) -> None:
    for row in invitation.roles:
        if not giving.may_give(actor, row.role, row.school_id):
            raise giving.NotYoursToGive("Ask the network lead to change this invitation.")


def send(invitation: Invitation, token: str, now: datetime) -> None:
    inviter = db.session.get(Person, invitation.invited_by_id or 0)
    post = successors.handed_over(invitation)
    notifications.queue(
        key=f"invitation:{invitation.token_hash}",
        to=invitation.email,
        template="invitation",
        now=now,
        keep_until=invitation.expires_at,
        reply_to=queries.person_or_lead(invitation.invited_by_id),
        name=invitation.name,
        inviter=inviter.name if inviter else "",
        posts=[words.post(row) for row in invitation.roles],
        duties=[words.DUTIES[row.role] for row in invitation.roles],
        holder=post.person.name if post is not None else "",
        expires_at=invitation.expires_at,
        action_url=render.absolute_url(addresses.INVITATION(token=token)),
        action_label="See the invitation",
    )
