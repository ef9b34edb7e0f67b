"""What the lead should do about ideas: read the new ones, find hosts for those many want."""

from datetime import datetime, timedelta

from flask import url_for

from booking.days.ideas import queries, words
from booking.foundation.web.task_lists import Task

#: An idea is new for so long.
NEW_FOR = timedelta(days=14)
#: So many schools that second an idea are a reason to find it a host.
MANY = 3


def network_tasks(*, now: datetime) -> list[Task]:
    """Return the ideas that the lead should look at."""
    return [
        Task(
            f"Find a host for “{idea.title}”"
            if support.schools >= MANY
            else f"Read the idea “{idea.title}”",
            url_for("ideas.idea", public_id=idea.public_id),
            f"{words.whose(idea)}, for {words.years(idea)}. {words.supported(support)}.",
            tag="Idea",
            tone="info",
        )
        for idea, support in queries.to_look_at(since=now - NEW_FOR, seconded_by=MANY)
    ]
