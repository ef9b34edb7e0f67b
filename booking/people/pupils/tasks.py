"""What a school that begins is asked to do about its pupils."""

from datetime import datetime

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.people.pupils import queries
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the first step of a coordinator whose list is empty."""
    if queries.has_pupils(school.id):
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
