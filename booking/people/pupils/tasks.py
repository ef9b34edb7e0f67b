"""What a new school is asked to do about its pupils."""

from datetime import datetime

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.people.pupils import queries
from booking.people.schools.details import SchoolLine


def of_school(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return the first step for a coordinator whose list is empty."""
    if queries.has_pupils(school.id):
        return []
    return [
        Task(
            "Add your pupils",
            url_for("pupils.choose_file"),
            "Import a list from your school’s own system. You choose who gets places later.",
            tag="First step",
            tone="info",
        )
    ]
