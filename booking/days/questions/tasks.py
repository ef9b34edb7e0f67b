"""What hosts' questions ask of a school."""

from datetime import datetime

from flask import url_for

from booking.days.questions import queries
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the events whose host waits for an answer of the school."""
    return [
        Task(
            title=f"Answer the host’s questions about {due.title}",
            url=url_for("questions.answer", slug=due.slug),
            hint="About your school or its pupils. Ask families that no mail reaches.",
            due_at=due.starts_at,
            tag="Questions",
        )
        for due in queries.due(school.id, now=now)
    ]
