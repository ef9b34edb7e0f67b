"""Mail about groups: to whoever is let in or not, asked in, or leads now. Notes are not mailed."""

from datetime import datetime, timedelta

from booking.domain.permissions import Actor
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.colleague_groups.models import StaffGroup, StaffGroupAsk
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: For how long such mail is worth sending.
KEPT = timedelta(days=30)


def tell_of_asking_in(ask: StaffGroupAsk, *, actor: Actor, now: datetime) -> None:
    """Tell somebody that they are asked into a group."""
    lines = ["You are asked into this group. Open it to say yes or no."]
    word = [f"In their words: {ask.word}"] if ask.word else []
    _tell(ask.group, ask.person, "You are asked into a group", [*lines, *word], actor, now)


def tell_of_answer(
    group: StaffGroup, person: Person, *, yes: bool, actor: Actor, now: datetime
) -> None:
    """Tell whoever asked to join what the answer is."""
    lines = ["You are in. Its meetings will be in your calendar."]
    if not yes:
        lines = ["Whoever leads it cannot take anybody in now. Answer this mail to ask them why."]
    heading = "You are in the group" if yes else "You are not in the group"
    _tell(group, person, heading, lines, actor, now)


def tell_of_leading(group: StaffGroup, person: Person, *, actor: Actor, now: datetime) -> None:
    """Tell a member that they lead now."""
    lines = ["You lead this group now: you call its meetings and say who comes in."]
    _tell(group, person, "You lead a group", lines, actor, now)


def _tell(
    group: StaffGroup, person: Person, heading: str, lines: list[str], actor: Actor, now: datetime
) -> None:
    if person.disabled_at is not None:
        return
    notifications.queue(
        key=f"group_news:{group.public_id}:{person.id}:{now.isoformat()}",
        to=person.email,
        template="group_news",
        now=now,
        keep_until=now + KEPT,
        reply_to=school_queries.person_or_lead(actor.person_id),
        name=person.name,
        heading=heading,
        title=group.name,
        lines=lines,
        action_url=absolute_url(addresses.STAFF_GROUP(public_id=group.public_id)),
        action_label="Open the group",
    )
