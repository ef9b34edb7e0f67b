"""Who must know is told by mail that a post is being handed over, and what came of it."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from booking.domain.permissions import Actor, Role
from booking.foundation.notifications import render
from booking.foundation.notifications import service as notifications
from booking.foundation.tokens import new_public_id
from booking.people.schools import queries, words
from booking.people.schools.models import Invitation, Person, RoleGrant
from booking.people.schools.service import successors

HOME = ("/account/", "See your account")


def begun(invitation: Invitation, grant: RoleGrant, actor: Actor, now: datetime) -> None:
    """Tell the holder of a post that somebody else has begun to hand it over."""
    if actor.person_id == grant.person_id:
        return
    lines = [
        f"{name_of(invitation)} ({invitation.email}) is asked to take this post over from you.",
        "You keep it until then. If this is a mistake, tell the network lead.",
    ]
    _tell([grant.person], "Your post is being handed over", words.post(grant), lines, now)


def lead_asked(invitation: Invitation, grant: RoleGrant, now: datetime) -> None:
    """Ask the leads whether a post may go to somebody of another school."""
    person = queries.person_by_email(invitation.email)
    held = queries.grants_of(person.id) if person is not None else []
    lines = [
        f"{grant.person.name} is to hand it over to {name_of(invitation)} ({invitation.email}): "
        f"{'; '.join(words.post(row) for row in held)}.",
        "That is another school. Nothing is sent until a lead allows it.",
    ]
    page = ("/admin/invitations/", "Allow it, or take it back")
    leads = queries.people_with(Role.LEAD)
    _tell(leads, "May this post go to another school?", words.post(grant), lines, now, page)


def allowed(invitation: Invitation, grant: RoleGrant, now: datetime) -> None:
    """Tell who asked that the lead allows it, and that the link has gone out."""
    if invitation.invited_by is None:
        return
    line = f"The network lead allows it, and {name_of(invitation)} has been sent the link."
    _tell([invitation.invited_by], "Your hand-over is allowed", words.post(grant), [line], now)


def taken_back(invitation: Invitation, actor: Actor, now: datetime) -> None:
    """Tell who began a hand-over, and the holder, that somebody else took it back."""
    grant = successors.handed_over(invitation)
    if grant is None:
        return
    line = f"{name_of(invitation)} does not take this post over. {grant.person.name} keeps it."
    concerned = [invitation.invited_by, grant.person]
    told = [one for one in concerned if one is not None and one.id != actor.person_id]
    _tell(told, "A post is not handed over", words.post(grant), [line], now)


def declined(invitation: Invitation, now: datetime) -> None:
    """Tell who invited somebody, and the holder of a post on offer, that the answer is no."""
    grant = successors.handed_over(invitation)
    lines = [f"{name_of(invitation)} says no."]
    if grant is not None:
        lines.append(f"{grant.person.name} keeps the post, and may hand it over to somebody else.")
    told = [invitation.invited_by, grant.person if grant is not None else None]
    posts = "; ".join(words.post(row) for row in invitation.roles)
    _tell([one for one in told if one is not None], "An invitation is declined", posts, lines, now)


def taken_up(post: str, grant: RoleGrant, taker: Person, now: datetime) -> None:
    """Tell the former holder, and who else holds such a post, who has it now."""
    at = grant.school_id
    peers = (
        queries.people_with(Role.LEAD)
        if at is None
        else [*queries.coordinators(at), *(queries.hosts(at) if grant.role is Role.HOST else [])]
    )
    told = [one for one in [grant.person, *peers] if one.id != taker.id]
    lines = [
        f"{taker.name} ({taker.email}) has taken this post over from {grant.person.name}.",
        "If this is a mistake, tell the network lead at once.",
    ]
    _tell(told, "A post has changed hands", post, lines, now)


def name_of(invitation: Invitation) -> str:
    """Return what an invited person is called: as we know them, else as it was typed."""
    person = queries.person_by_email(invitation.email)
    return person.name if person is not None else invitation.name


def _tell(
    people: Iterable[Person],
    heading: str,
    post: str,
    lines: Sequence[str],
    now: datetime,
    page: tuple[str, str] = HOME,
) -> None:
    """Write to each person once, if the account is open."""
    for person in {one.id: one for one in people if one.disabled_at is None}.values():
        notifications.queue(
            key=f"post-news:{new_public_id()}",
            to=person.email,
            template="post_news",
            now=now,
            name=person.name,
            heading=heading,
            post=post,
            lines=lines,
            action_url=render.absolute_url(page[0]),
            action_label=page[1],
        )
