"""Roles in words: "Coordinator at Hollow Lane First School"."""

from booking.domain.permissions import ROLE_WORDS, Role
from booking.people.schools.models import InvitationRole, RoleGrant, School

#: What each role does, for whoever is invited to it.
DUTIES = {
    Role.LEAD: "You run the network: its schools, people, terms and events.",
    Role.TREASURER: "You keep the fund: what comes in, what events cost, what pays for courses.",
    Role.AUDITOR: "You may read everything about the network’s work, and change nothing.",
    Role.COORDINATOR: "You ask for places, name pupils for them and follow parents’ answers.",
    Role.HOST: "You write your school’s events, share their places and take the register.",
    Role.DAY_STAFF: "You take the register and see what keeps pupils safe, on the day.",
}


def post(row: RoleGrant | InvitationRole) -> str:
    """Return a role with its school or event."""
    title = row.event_title if isinstance(row, InvitationRole) else ""
    return post_of(row.role, row.school, event_title=title, one_event=row.event_id is not None)


def post_of(
    role: Role, school: School | None = None, *, event_title: str = "", one_event: bool = False
) -> str:
    """Return a role with the name of its school or event."""
    words = ROLE_WORDS[role]
    if school is not None:
        return f"{words} at {school.name}"
    if event_title:
        return f"{words} for “{event_title}”"
    return f"{words} for one event" if one_event else words
