"""Mail of the directory: to heads, to whoever offers, to leads, and to the two sides of a link."""

from datetime import datetime, timedelta
from typing import Any

from booking.domain import helping
from booking.domain.permissions import Role
from booking.foundation import contacts
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.network.directory import words
from booking.network.directory.models import Expertise, HelpLink, Nomination
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: For how long such mail is worth sending.
KEPT = timedelta(days=30)


def ask_head(offer: Expertise, row: Nomination, token: str, *, now: datetime) -> None:
    """Ask a head; answers go to whoever offers."""
    notifications.queue(
        key=f"nomination:{row.id}",
        to=row.head_email,
        template="nomination_asked",
        now=now,
        keep_until=row.expires_at,
        about=f"expertise:{offer.id}",
        reply_to=_box(offer.person),
        name=row.head_name or "head",
        person_name=offer.person.name,
        school_name=words.school(offer),
        areas=words.areas(offer),
        again=row.is_reminder,
        action_url=absolute_url(addresses.NOMINATION(token=token)),
        action_label="Read it and answer",
    )


def of_decision(offer: Expertise, said_yes: bool) -> dict[str, Any]:
    """Return what whoever offers is told about an answer."""
    if said_yes:
        return {
            "heading": "You are listed in “Who can help with what”",
            "lines": [
                "Your offer is confirmed. Schools of the network find it for a year.",
                "When one asks for a link, you hear by mail. You arrange the rest together.",
            ],
        }
    return {
        "heading": "Your offer was not confirmed",
        "lines": [
            "The answer was no, so nothing is listed. Talk about it if you like.",
            "You can change it, and offer it again on its page.",
        ],
    }


def tell_person(offer: Expertise, *, now: datetime, heading: str, lines: list[str]) -> None:
    """Tell whoever offers how their offer stands."""
    if offer.person.disabled_at is not None:
        return
    notifications.queue(
        key=f"expertise:{offer.id}:{offer.state}:{now.isoformat()}",
        to=offer.person.email,
        template="expertise_news",
        now=now,
        keep_until=now + KEPT,
        reply_to=school_queries.person_or_lead(None),
        name=offer.person.name,
        heading=heading,
        lines=lines,
        action_url=absolute_url(addresses.EXPERTISE(public_id=offer.public_id)),
        action_label="Open your offer",
    )


def tell_leads(link: HelpLink, *, now: datetime) -> None:
    """Tell every lead that a school asks; answers go to whoever asks."""
    for lead in school_queries.people_with(Role.LEAD):
        notifications.queue(
            key=f"help_asked:{link.public_id}:{lead.id}:{now.isoformat()}",
            to=lead.email,
            template="help_asked",
            now=now,
            keep_until=now + KEPT,
            reply_to=school_queries.person_or_lead(link.asked_by_id),
            name=lead.name,
            school_name=link.school.name,
            areas=link.area.name,
            text=link.what,
            action_url=_url(link),
            action_label="Open it",
        )


def tell_asker(link: HelpLink, *, now: datetime, heading: str, lines: list[str]) -> None:
    """Tell whoever asked what happens with it."""
    asker = link.asked_by
    if asker is None or asker.disabled_at is not None:
        return
    notifications.queue(
        key=f"help_news:{link.public_id}:{now.isoformat()}",
        to=asker.email,
        template="help_news",
        now=now,
        keep_until=now + KEPT,
        reply_to=school_queries.person_or_lead(None),
        name=asker.name,
        heading=heading,
        lines=lines,
        action_url=_url(link),
        action_label="Open it",
    )


def introduce(link: HelpLink, *, now: datetime) -> None:
    """Introduce both by one mail each; an answer goes to the other."""
    assert link.expertise is not None, "somebody is introduced"
    assert link.asked_by is not None, "to somebody"
    offer, asker = link.expertise, link.asked_by
    sides = (
        (asker, offer.person, words.school(offer)),
        (offer.person, asker, link.school.name),
    )
    for number, (reader, other, where) in enumerate(sides):
        notifications.queue(
            key=f"help_introduced:{link.public_id}:{number}",
            to=reader.email,
            template="help_introduced",
            now=now,
            keep_until=now + KEPT,
            reply_to=_box(other),
            name=reader.name,
            person_name=other.name,
            school_name=where,
            new_email=other.email,
            areas=link.area.name,
            text=link.what,
            when=link.by_when,
        )


def ask_outcome(link: HelpLink, token: str, *, now: datetime) -> None:
    """Ask whoever was introduced what came of it, once."""
    asker = link.asked_by
    if asker is None or asker.disabled_at is not None:
        return
    notifications.queue(
        key=f"help_outcome:{link.public_id}",
        to=asker.email,
        template="help_outcome",
        now=now,
        keep_until=now + helping.OUTCOME_LINK,
        reply_to=school_queries.person_or_lead(None),
        name=asker.name,
        person_name=link.expertise.person.name if link.expertise else "a colleague",
        areas=link.area.name,
        action_url=absolute_url(addresses.LINK_OUTCOME(token=token)),
        action_label="Say what came of it",
    )


def _url(link: HelpLink) -> str:
    return absolute_url(addresses.HELP_LINK(public_id=link.public_id))


def _box(person: Person) -> str:
    return contacts.mailbox(person.name, person.email)
