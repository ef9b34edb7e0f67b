"""Lock people, roles and what is offered before a role is given, handed over or removed."""

from collections.abc import Sequence

from sqlalchemy import or_, select

from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.people.schools.models import Invitation, InvitationRole, Person, RoleGrant


def person(person_id: int) -> None:
    """Let only one request at a time give this person a role, or write down what they read."""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def other_leads(person_id: int) -> Sequence[int]:
    """Return the other leads who can sign in. Locks all leads, because two may leave at once."""
    others = db.session.scalars(
        select(RoleGrant.person_id)
        .join(Person)
        .where(
            RoleGrant.role == Role.LEAD,
            RoleGrant.person_id != person_id,
            Person.disabled_at.is_(None),
        )
        .order_by(RoleGrant.id)
        .with_for_update()
    ).all()
    db.session.execute(
        select(RoleGrant.id)
        .where(RoleGrant.role == Role.LEAD)
        .order_by(RoleGrant.id)
        .with_for_update()
    )
    return others


def holds_post(grant_id: int) -> bool:
    """Lock a role until the transaction ends; return whether its holder still has it."""
    found = db.session.scalar(
        select(RoleGrant.id).where(RoleGrant.id == grant_id).with_for_update()
    )
    return found is not None


def offers_of(grant: RoleGrant) -> Sequence[Invitation]:
    """Return the unanswered offers of a role to a successor, locked."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            Invitation.roles.any(InvitationRole.replaces_id == grant.id),
        )
        .order_by(Invitation.id)
        .with_for_update()
    ).all()


def open_invitations(grant: RoleGrant) -> Sequence[Invitation]:
    """Return the unanswered invitations by or to the holder of a role, or to the role, locked."""
    return db.session.scalars(
        select(Invitation)
        .where(
            Invitation.accepted_at.is_(None),
            Invitation.withdrawn_at.is_(None),
            or_(
                Invitation.invited_by_id == grant.person_id,
                Invitation.email == grant.person.email,
                Invitation.roles.any(InvitationRole.replaces_id == grant.id),
            ),
        )
        .order_by(Invitation.id)
        .with_for_update()
    ).all()
