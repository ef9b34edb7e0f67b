"""What a school that begins is asked to do about its pupils."""

from typing import Any

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.people.pupils import queries
from booking.people.schools.models import School


def of_school(*, school: School | None = None, **_facts: Any) -> list[Task]:
    """Return the first step of a coordinator whose list is empty."""
    if school is None or queries.has_pupils(school.id):
        return []
    return [
        Task(
            "Bring your pupils in",
            url_for("pupils.choose_file"),
            "From a list that your school’s own system exports. You name them into places later.",
            tag="First step",
            tone="info",
        )
    ]
