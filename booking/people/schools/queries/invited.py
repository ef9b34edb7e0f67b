"""Reads of who was invited before, or has the role, when several people are invited at once."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.people.schools.models import Invitation, InvitationRole, Person, RoleGrant


def invited_or_in(
    emails: Collection[str], *, role: Role, school_id: int | None, now: datetime
) -> set[str]:
    """Return which addresses have an open invitation to a role, or its holder: two queries."""
    invited = (
        select(Invitation.email)
        .join(InvitationRole)
        .where(
            Invitation.email.in_(emails),
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.expires_at > now,
            InvitationRole.role == role,
            InvitationRole.school_id == school_id,
        )
    )
    holders = (
        select(Person.email)
        .join(RoleGrant)
        .where(
            Person.email.in_(emails),
            Person.disabled_at.is_(None),
            RoleGrant.role == role,
            RoleGrant.school_id == school_id,
        )
    )
    return {*db.session.scalars(invited), *db.session.scalars(holders)}


def invited_by_address(emails: Collection[str], now: datetime) -> Sequence[Invitation]:
    """Return the open invitations to these addresses, with what they offer."""
    found = select(Invitation).where(
        Invitation.email.in_(emails),
        Invitation.accepted_at.is_(None),
        Invitation.withdrawn_at.is_(None),
        Invitation.expires_at > now,
    )
    return db.session.scalars(found.options(selectinload(Invitation.roles))).all()
