"""What the lead, and a school, should do about the directory."""

from collections.abc import Collection
from datetime import datetime

from flask import url_for

from booking.domain.permissions import Actor, Role
from booking.foundation.web.task_lists import Task
from booking.network.directory import queries, words
from booking.people.schools.details import SchoolLine


def network_tasks(*, now: datetime) -> list[Task]:
    """Return the links that wait, and the offers that wait for the lead or for long."""
    links = [
        Task(
            f"{link.school.name} asks for a link: {link.area.name}",
            url_for("directory.link", public_id=link.public_id),
            link.what,
            tag="Link",
            tone="warn",
        )
        for link in queries.to_introduce()[: queries.TASKS_MAX]
    ]
    offers = [
        Task(
            f"{offer.person.name} waits to be confirmed",
            url_for("directory.show", public_id=offer.public_id),
            tag="Offer",
            tone="warn",
        )
        for offer in queries.waiting(now)[: queries.TASKS_MAX]
    ]
    return [*links, *offers]


def needs_me(*, actor: Actor, now: datetime) -> list[Task]:
    """Return what waits for a lead, for a school that somebody is of, and for their own offers."""
    of_lead = network_tasks(now=now) if actor.has(Role.LEAD) else []
    sent_back = [
        Task(
            f"Your head did not confirm what you offer: {words.areas(offer)}",
            url_for("directory.show", public_id=offer.public_id),
            "Change it and offer it again, or withdraw it.",
            tag="Offer",
            tone="warn",
        )
        for offer in queries.sent_back(actor.person_id or 0)
    ]
    return [*of_lead, *_suggestions(actor.schools()), *sent_back]


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the suggestions that a school should answer."""
    return _suggestions({school.id})


def _suggestions(school_ids: Collection[int]) -> list[Task]:
    return [
        Task(
            "Somebody is suggested who may help you",
            url_for("directory.link", public_id=link.public_id),
            tag="Link",
            tone="info",
        )
        for link in queries.suggested_to(school_ids)
    ]
