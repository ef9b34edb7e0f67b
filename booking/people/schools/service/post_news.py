"""News by mail that a role is being handed over, and what came of it, for those concerned."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id
from booking.foundation.web import addresses
from booking.people.schools import queries, words
from booking.people.schools.models import Invitation, Person, RoleGrant, School
from booking.people.schools.service import successors

HOME = (addresses.ACCOUNT(), "See your account")


def begun(invitation: Invitation, grant: RoleGrant, actor: Actor, now: datetime) -> None:
    """Tell the holder of a role that somebody else has started to hand it over."""
    if actor.person_id == grant.person_id:
        return
    lines = [
        f"{name_of(invitation)} ({invitation.email}) has been asked to take over this role from "
        "you.",
        "You keep it until they accept. If this is a mistake, tell the network lead.",
    ]
    _tell([grant.person], "Your role is being handed over", words.post(grant), lines, now)


def lead_asked(invitation: Invitation, grant: RoleGrant | None, now: datetime) -> None:
    """Ask the leads whether somebody at another school may have a role: `grant`'s, if any."""
    person = queries.person_by_email(invitation.email)
    held = queries.grants_of(person.id) if person is not None else []
    whose = f"{name_of(invitation)} ({invitation.email}): {'; '.join(map(words.post, held))}."
    inviter = invitation.invited_by.name if invitation.invited_by is not None else "A command"
    lines = [
        f"It would pass from {grant.person.name} to {whose}"
        if grant is not None
        else f"{inviter} has invited {whose}",
        "That is a different school. Nothing will be sent until a lead allows it.",
    ]
    page = (addresses.INVITATIONS(), "Allow or cancel it")
    leads = queries.people_with(Role.LEAD)
    heading = "May this role go to another school?"
    asked_by = queries.person_or_lead(invitation.invited_by_id)
    _tell(leads, heading, _posts(invitation), lines, now, page, reply_to=asked_by)


def allowed(invitation: Invitation, grant: RoleGrant | None, now: datetime) -> None:
    """Tell whoever asked that the lead has allowed it, and that the link has been sent."""
    if invitation.invited_by is None:
        return
    line = f"The network lead has allowed it, and we have sent {name_of(invitation)} the link."
    what = "handover" if grant is not None else "invitation"
    heading = f"Your {what} has been allowed"
    _tell([invitation.invited_by], heading, _posts(invitation), [line], now)


def taken_back(invitation: Invitation, actor: Actor, now: datetime, *, waited: bool) -> None:
    """Tell whoever started it, and the holder of a role handed over, that another cancelled it.

    Of an ordinary invitation nobody is told unless it `waited` for the lead.
    """
    grant = successors.handed_over(invitation)
    if grant is None and not waited:
        return
    line, heading = f"{name_of(invitation)} will not get this role.", "An invitation was cancelled"
    if grant is not None:
        line = f"{name_of(invitation)} will not take over this role. {grant.person.name} keeps it."
        heading = "A handover has been cancelled"
    concerned = [invitation.invited_by, grant.person if grant is not None else None]
    told = [one for one in concerned if one is not None and one.id != actor.person_id]
    _tell(told, heading, _posts(invitation), [line], now)


def declined(invitation: Invitation, now: datetime) -> None:
    """Tell the inviter, and the holder of a role on offer, that the answer is no."""
    grant = successors.handed_over(invitation)
    lines = [f"{name_of(invitation)} has said no."]
    if grant is not None:
        lines.append(f"{grant.person.name} keeps the role, and can hand it over to somebody else.")
    told = [invitation.invited_by, grant.person if grant is not None else None]
    heading = "An invitation has been declined"
    _tell([one for one in told if one is not None], heading, _posts(invitation), lines, now)


def begun_role(
    grant: RoleGrant, told: Iterable[Person], given_by: Person | None, now: datetime
) -> None:
    """Tell those concerned that somebody has a new role, and how to stop it."""
    who = f"{grant.person.name} ({grant.person.email})"
    by = f"{given_by.name} ({given_by.email}) gave it." if given_by is not None else ""
    lines = [
        f"{who} has this role from now on. {by}".rstrip(),
        "If this is wrong, stop it now, or ask a network lead to. What has been done meanwhile is "
        "listed there.",
    ]
    page = (addresses.POST(public_id=grant.public_id), "See it, or stop it")
    _tell(told, "Somebody has a new role", words.post(grant), lines, now, page)


def stopped_role(grant: RoleGrant, told: Iterable[Person], actor: Actor, now: datetime) -> None:
    """Tell whoever heard of a new role, and its holder, that it was wrong and has ended."""
    by = db.session.get(Person, actor.person_id)
    lines = [
        f"{by.name if by else 'Somebody'} has stopped this role of {grant.person.name}, as wrong.",
        "It ended at once: every browser was signed out, and what was offered with it is "
        "withdrawn.",
    ]
    asked = by.email if by is not None else ""
    _tell(told, "A new role has been stopped", words.post(grant), lines, now, reply_to=asked)


def taken_up(post: str, grant: RoleGrant, taker: Person, now: datetime) -> None:
    """Tell the former holder, and others with the same role, who has it now."""
    at = grant.school_id
    peers = (
        queries.people_with(Role.LEAD)
        if at is None
        else [*queries.coordinators(at), *(queries.hosts(at) if grant.role is Role.HOST else [])]
    )
    told = [one for one in [grant.person, *peers] if one.id != taker.id]
    lines = [
        f"{taker.name} ({taker.email}) has taken over this role from {grant.person.name}.",
        "If this is a mistake, tell the network lead at once.",
    ]
    _tell(told, "A role has changed hands", post, lines, now)


def keepers_of(grant: RoleGrant) -> list[Person]:
    """Return who looks after a role in network life: coordinators of its school, or the leads."""
    at = grant.school_id
    return queries.people_with(Role.LEAD) if at is None else queries.coordinators(at)


def has_left(grant: RoleGrant, person: Person, keepers: Iterable[Person], now: datetime) -> None:
    """Tell whoever looks after a role that its holder has left and closed their account."""
    lines = [
        f"{person.name} has left and closed their own account.",
        "If this is a mistake, a network lead opens the account again; then invite them.",
    ]
    page = (addresses.SIGN_IN(), "Sign in")
    _tell(keepers, "A colleague has left", words.post(grant), lines, now, page)


def head_changed(school: School, actor: Actor, now: datetime) -> None:
    """Tell the leads that a school named another address of its head, who confirms offers there."""
    by = db.session.get(Person, actor.person_id or 0)
    lines = [
        f"{by.name if by else 'A command'} has changed the address of the head to "
        f"{school.head_email or 'nothing'}.",
        "Whoever reads mail there says whether colleagues may help other schools. If you do not "
        "know the address, ask the school.",
    ]
    page = (addresses.SIGN_IN(), "Sign in")
    leads = queries.people_with(Role.LEAD)
    asked = queries.person_or_lead(actor.person_id)
    post = f"Head of {school.name}"
    _tell(leads, "A head’s address has changed", post, lines, now, page, reply_to=asked)


def name_of(invitation: Invitation) -> str:
    """Return an invited person's name: as we know them, otherwise as it was typed."""
    person = queries.person_by_email(invitation.email)
    return person.name if person is not None else invitation.name


def _posts(invitation: Invitation) -> str:
    return "; ".join(words.post(row) for row in invitation.roles)


def _tell(
    people: Iterable[Person],
    heading: str,
    post: str,
    lines: Sequence[str],
    now: datetime,
    page: tuple[addresses.Path, str] = HOME,
    *,
    reply_to: str = "",
) -> None:
    """Write to each person once, if the account is open; a lead answers unless it is said who."""
    reply_to = reply_to or queries.lead()
    for person in {one.id: one for one in people if one.disabled_at is None}.values():
        notifications.queue(
            key=f"post-news:{new_public_id()}",
            to=person.email,
            template="post_news",
            now=now,
            reply_to=reply_to,
            name=person.name,
            heading=heading,
            post=post,
            lines=lines,
            action_url=render.absolute_url(page[0]),
            action_label=page[1],
        )
