"""Who opened a school's pupils, for its home page."""

from datetime import datetime

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.on_the_day.glass import queries
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return who opened the school's pupils during the last days."""
    return [
        Task(
            f"{opening.person.name} looked at your pupils at {opening.event.title}",
            url_for("glass.opened", public_id=opening.public_id),
            "They had to say why.",
            tag="Opened",
            tone="info",
        )
        for opening in queries.news_of(school.id, now=now)
    ]
