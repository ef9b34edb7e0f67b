"""Roles in words, "Coordinator at Hollow Lane First School", and whose name stands by a school."""

from collections.abc import Iterable

from booking.domain import permissions
from booking.domain.permissions import ROLE_WORDS, Action, Actor, Grant, Role
from booking.people.schools.models import InvitationRole, Person, RoleGrant, School

#: What each role does, for the person invited to it.
DUTIES = {
    Role.LEAD: "You run the network: its schools, people, terms and events.",
    Role.TREASURER: "You look after the fund: income, the cost of events, and money for courses.",
    Role.AUDITOR: "You can read everything about the network’s work but change nothing.",
    Role.COORDINATOR: "You ask for places, choose pupils for them and follow up parents’ answers.",
    Role.HOST: "You set up your school’s events, share out their places and take the register.",
    Role.STAFF: "You share and find what colleagues at other schools do. You see no pupils.",
    Role.ASSOCIATE: "You share and find what schools of the network do. You see no pupils.",
    Role.DAY_STAFF: "On the day, you take the register and see what you need to keep pupils safe.",
}


def known_of(rows: Iterable[RoleGrant | InvitationRole]) -> list[str]:
    """Return what is known of somebody with these roles, and so must not be their password."""
    found = []
    for row in rows:
        found.append(ROLE_WORDS[row.role])
        if row.institution:
            found.append(row.institution)
        if row.school is not None:
            found += [row.school.name, row.school.town]
    return found


def post(row: RoleGrant | InvitationRole) -> str:
    """Return a role with its school or event."""
    title = row.event_title if isinstance(row, InvitationRole) else ""
    return post_of(
        row.role,
        row.school,
        event_title=title,
        one_event=row.event_id is not None,
        institution=row.institution,
    )


def post_of(
    role: Role,
    school: School | None = None,
    *,
    event_title: str = "",
    one_event: bool = False,
    institution: str = "",
) -> str:
    """Return a role with the name of its school, event or institution."""
    words = ROLE_WORDS[role]
    if school is not None:
        return f"{words} at {school.name}"
    if institution:
        return f"{words} from {institution}"
    if event_title:
        return f"{words} for “{event_title}”"
    return f"{words} for one event" if one_event else words


def is_still_there(person: Person, school: School | None) -> bool:
    """Return whether somebody still is where they wrote something: at a school, or in the network.

    Their name stands beside it only until then. `person.grants` is loaded by whoever asks.
    """
    if person.disabled_at is not None or person.forgotten_at is not None:
        return False
    if school is None:
        grants = frozenset(Grant(g.role, g.school_id, g.event_id) for g in person.grants)
        somebody = Actor(person_id=person.id, grants=grants)
        return permissions.may(somebody, Action.SEE_NETWORK_LIFE)
    return any(grant.school_id == school.id for grant in person.grants)
