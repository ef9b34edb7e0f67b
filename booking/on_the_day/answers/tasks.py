"""What families' answers ask of their school."""

from datetime import datetime

from flask import url_for

from booking.domain import names
from booking.foundation.web.task_lists import Task
from booking.on_the_day.answers import queries
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the families to ask what their child eats."""
    return _diets(school, now)


def _diets(school: SchoolLine, now: datetime) -> list[Task]:
    return [
        Task(
            title=f"Ask what {names.short(due.forename, due.surname)} eats at {due.title}",
            url=url_for("answers.pupil", public_id=due.public_id, _anchor="food"),
            hint="The family ticked “Something else”. The kitchen waits for your word.",
            due_at=due.starts_at,
            tag="Food",
            tone="info",
        )
        for due in queries.diets_to_ask(school.id, now=now)
    ]
