"""What the lead, and a school, should do about the directory."""

from datetime import datetime

from flask import url_for

from booking.domain.helping import LinkState
from booking.foundation.web.task_lists import Task
from booking.network.directory import queries
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


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the suggestions that a school should answer."""
    return [
        Task(
            "Somebody is suggested who may help you",
            url_for("directory.link", public_id=link.public_id),
            tag="Link",
            tone="info",
        )
        for link in queries.open_links(school.id)
        if link.state is LinkState.SUGGESTED
    ]
