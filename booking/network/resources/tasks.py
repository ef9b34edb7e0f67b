"""What the lead should do about resources: settle what colleagues say is wrong."""

from datetime import datetime

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.network.resources import queries


def network_tasks(*, now: datetime) -> list[Task]:
    """Return the problems that are not settled, the oldest first."""
    return [
        Task(
            f"Look at “{problem.resource.title}”: something may be wrong",
            url_for("resources.show", public_id=problem.resource.public_id),
            problem.told,
            tag="Resource",
            tone="warn",
        )
        for problem in queries.problems_to_settle()
    ]
