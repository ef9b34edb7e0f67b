"""A person who loses a role also loses what they offered by it, and offers of it to them."""

from datetime import datetime

from booking.domain.permissions import Actor, Role
from booking.foundation.audit import service as audit
from booking.people.schools import locks
from booking.people.schools.models import Invitation, InvitationRole, RoleGrant
from booking.people.schools.service import giving

#: Holders of these may invite day staff; their school decides to which events.
INVITES_DAY_STAFF = frozenset({Role.HOST, Role.LEAD})


def on_loss(*, actor: Actor, now: datetime, grant: RoleGrant) -> int:
    """Withdraw the open invitations that end with a role, before it ends; return how many.

    They are what the holder could only offer through it, even to a second address of their own; an
    offer of this same role to the holder's address; and a handover of it.
    """
    left = giving.actor_now(grant.person, without=grant)
    ended = [found for found in locks.open_invitations(grant) if _ends(found, grant, left)]
    for invitation in ended:
        invitation.withdrawn_at = now
        audit.record(actor=actor, action="withdraw_invitation", subject=invitation, now=now)
    return len(ended)


def _ends(invitation: Invitation, grant: RoleGrant, left: Actor) -> bool:
    if any(row.replaces_id == grant.id for row in invitation.roles):
        return True
    if invitation.invited_by_id == grant.person_id and not all(
        _may_still_give(left, grant, row) for row in invitation.roles
    ):
        return True
    return invitation.email == grant.person.email and any(
        (row.role, row.school_id, row.event_id) == (grant.role, grant.school_id, grant.event_id)
        for row in invitation.roles
    )


def _may_still_give(left: Actor, lost: RoleGrant, row: InvitationRole) -> bool:
    if row.event_id is not None and lost.role in INVITES_DAY_STAFF:
        return False
    return giving.may_give(left, row.role, row.school_id)
