"""Who a role is offered to: who we know them as, and whether the lead decides."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.people.schools import queries, words
from booking.people.schools.models import Invitation, Person, RoleGrant, School
from booking.people.schools.service import giving, people


@dataclass(frozen=True)
class Successor:
    """Who an address belongs to, as far as the network knows."""

    email: str
    person: Person | None
    #: The roles that person already has.
    posts: tuple[str, ...]
    #: The schools where that person works, if the role is at none of them.
    elsewhere: tuple[School, ...]
    #: Nothing is sent until the lead allows it.
    needs_lead: bool


def successor(*, actor: Actor, grant: RoleGrant, email: str) -> Successor:
    """Return who would take over a role. Raises giving.RoleRefused."""
    email = people.email_key(email)
    if email == grant.person.email:
        raise giving.RoleRefused("Choose somebody else to take over this role.")
    person = queries.person_by_email(email)
    if person is None:
        return Successor(email, None, (), (), needs_lead=False)
    held = queries.grants_of(person.id)
    elsewhere = works_elsewhere(held, grant.school_id)
    return Successor(
        email,
        person,
        tuple(words.post(row) for row in held),
        elsewhere,
        needs_lead=bool(elsewhere) and not decides(actor),
    )


def decides(actor: Actor) -> bool:
    """Return whether an actor may hand a role over to somebody at another school."""
    return actor.kind == "command" or actor.has(Role.LEAD)


def works_elsewhere(held: Sequence[RoleGrant], school_id: int | None) -> tuple[School, ...]:
    """Return the schools of these roles, unless one of them is this school."""
    schools = {row.school.id: row.school for row in held if row.school is not None}
    return () if school_id is None or school_id in schools else tuple(schools.values())


def handed_over(invitation: Invitation) -> RoleGrant | None:
    """Return the role that ends when an invitation is accepted, if any."""
    replaced = (row.replaces_id for row in invitation.roles if row.replaces_id is not None)
    grant_id = next(replaced, None)
    return db.session.get(RoleGrant, grant_id) if grant_id is not None else None


def waits_for_lead(invitation: Invitation) -> bool:
    """Return whether a role at a school is offered to somebody at another, and no lead allowed it.

    This is checked each time: somebody without a role when the invitation was sent may have one
    elsewhere by now.
    """
    return invitation.id in waiting([invitation])


def waiting(invitations: Iterable[Invitation]) -> set[int]:
    """Return the ids of those that wait for a lead: two queries for all of them together.

    Whoever takes up a role at a school sees its pupils and their parents. A mistyped address must
    not show them to another school, whether a role is handed over or given besides.
    """
    undecided = [one for one in invitations if one.lead_allowed_at is None and one.invited_by_id]
    if not undecided:
        return set()
    by_leads = queries.leads_among({one.invited_by_id for one in undecided if one.invited_by_id})
    schools = queries.schools_of_addresses({one.email for one in undecided})
    return {
        one.id
        for one in undecided
        if one.invited_by_id not in by_leads
        and any(
            row.school_id is not None and row.school_id not in schools[one.email]
            for row in one.roles
            if schools.get(one.email)
        )
    }
