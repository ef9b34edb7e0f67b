"""Several people are invited to one role at once: all of them, or nobody."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain.permissions import Actor, Role
from booking.people.schools import queries
from booking.people.schools.details import InvitedLine, InvitedSeveral
from booking.people.schools.imports import colleagues
from booking.people.schools.models import School
from booking.people.schools.service import giving, invitations, successors


def invite_several(
    *,
    actor: Actor,
    now: datetime,
    people: Sequence[InvitedLine],
    role: Role,
    school: School | None = None,
) -> InvitedSeveral:
    """Invite people to a role at a school, or (None) as associates; return what came of it.

    Whoever was invited to it before, or has it, is passed over. Raises colleagues.LinesRefused or
    giving.NotYoursToGive; then nobody is invited.
    """
    known = queries.invited.invited_or_in(
        [one.email for one in people],
        role=role,
        school_id=school.id if school is not None else None,
        now=now,
    )
    new, problems = [one for one in people if one.email not in known], []
    for one in new:
        offer = giving.RoleOffer(role, school, institution=one.institution)
        try:
            invitations.invite(actor=actor, now=now, email=one.email, name=one.name, offers=[offer])
        except giving.NotYoursToGive:
            raise
        except (giving.RoleRefused, invitations.InvitationRefused) as refusal:
            problems.append(colleagues.of_line(one.line, str(refusal)))
    if problems:
        raise colleagues.LinesRefused(problems)
    waits = _waiting(new, now)
    return InvitedSeveral(
        sent=tuple(one.name for one in new if one.email not in waits),
        waiting=tuple(one.name for one in new if one.email in waits),
        before=tuple(one.name for one in people if one.email in known),
    )


def _waiting(new: Sequence[InvitedLine], now: datetime) -> set[str]:
    written = queries.invited.invited_by_address([one.email for one in new], now)
    ids = successors.waiting(written)
    return {found.email for found in written if found.id in ids}
