"""Who may give what: a role offered, and the rule that is checked each time."""

from dataclasses import dataclass

from sqlalchemy import select

from booking.domain import english
from booking.domain.permissions import (
    NETWORK_ROLES,
    OUTSIDE_ROLES,
    SCHOOL_ROLES,
    Actor,
    Grant,
    Role,
)
from booking.foundation.db import db
from booking.people.schools import queries
from booking.people.schools.details import INSTITUTION_MAX
from booking.people.schools.models import InvitationRole, Person, RoleGrant, School


class RoleRefused(ValueError):
    """This role cannot be granted or revoked; the message says why."""


class NotYoursToGive(RoleRefused):
    """The actor may not give or take this role."""


class OwnRole(RoleRefused):
    """Whoever holds a network role may not give themselves another."""


@dataclass(frozen=True)
class RoleOffer:
    """A role, and the school or event that it is for."""

    role: Role
    school: School | None = None
    event_id: int | None = None
    #: What the event is called, for the words of the invitation.
    event_title: str = ""
    #: For an associate: where they come from.
    institution: str = ""
    #: For handing over a role: the grant that ends when this one begins.
    replaces: RoleGrant | None = None

    @property
    def school_id(self) -> int | None:
        """Return the school's id."""
        return self.school.id if self.school else None


def offered(row: InvitationRole) -> RoleOffer:
    """Return what one line of an invitation offers."""
    return RoleOffer(row.role, row.school, row.event_id, institution=row.institution)


def check_offer(actor: Actor, offer: RoleOffer) -> None:
    """Raise RoleRefused unless `actor` may give `offer`, and it is complete.

    The lead may give every role; a coordinator may give those of their own school (so that handing
    over needs nobody else); a host may invite day staff, whose event the route has checked.
    """
    whole = {
        "network": offer.school is None and offer.event_id is None,
        "school": offer.school is not None and offer.event_id is None,
        "event": offer.event_id is not None,
    }[_kind(offer.role)]
    if not whole:
        raise RoleRefused("Choose the school this role is for.")
    _check_institution(offer)
    if offer.school is not None and offer.school.left_on is not None:
        raise RoleRefused(f"{offer.school.name} has left the network.")
    if not may_give(actor, offer.role, offer.school_id):
        raise NotYoursToGive("Ask the network lead to give this role.")


def _check_institution(offer: RoleOffer) -> None:
    if offer.role in OUTSIDE_ROLES and not offer.institution:
        raise RoleRefused("Say which institution the associate comes from.")
    if offer.institution and offer.role not in OUTSIDE_ROLES:
        raise RoleRefused("Only associates come from an institution. Leave it empty.")
    if len(offer.institution) > INSTITUTION_MAX:
        raise RoleRefused(f"Shorten the institution’s name to {INSTITUTION_MAX} characters.")


def may_give(actor: Actor, role: Role, school_id: int | None) -> bool:
    """Return whether `actor` may give or remove `role`, at a school if it is a school's role."""
    if actor.kind == "command" or actor.has(Role.LEAD):
        return True
    if role in SCHOOL_ROLES:
        return school_id in actor.school_ids(Role.COORDINATOR)
    return role is Role.DAY_STAFF and actor.has(Role.HOST)


def refuse_oneself(actor: Actor, to: Person | None) -> None:
    """Raise OwnRole if `actor` would give a role to themselves and holds a network role.

    A lead could otherwise read every family unseen, by taking a role at each school in turn.
    """
    if to is None or actor.person_id != to.id or not queries.posts.holds_network_role(to.id):
        return
    others = [lead.name for lead in queries.people_with(Role.LEAD) if lead.id != to.id]
    if others:
        raise OwnRole(
            f"You cannot give yourself a role. Ask another network lead: {english.listed(others)}."
        )
    raise OwnRole(
        "You cannot give yourself a role, and there is no other network lead to ask. Invite a "
        "second lead first; everybody with a network role is told of it."
    )


def is_own(to: Person, given_by_id: int | None) -> bool:
    """Return whether somebody with a network role takes up what they offered to themselves."""
    return given_by_id == to.id and queries.posts.holds_network_role(to.id)


def actor_now(person: Person, *, without: RoleGrant | None = None) -> Actor:
    """Return the actor that a person is now, or would be without one of their roles.

    Somebody who sent an invitation may have lost a role since; a closed account has none.
    """
    if person.disabled_at is not None:
        return Actor(person_id=person.id)
    held = db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == person.id)).all()
    kept = (grant for grant in held if without is None or grant.id != without.id)
    return Actor(
        person_id=person.id,
        grants=frozenset(Grant(g.role, g.school_id, g.event_id) for g in kept),
    )


def _kind(role: Role) -> str:
    if role in NETWORK_ROLES or role in OUTSIDE_ROLES:
        return "network"
    return "school" if role in SCHOOL_ROLES else "event"
