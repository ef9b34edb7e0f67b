"""What the lead should do about the network's own words."""

from datetime import datetime

from flask import url_for

from booking.domain import english
from booking.foundation.web.task_lists import Task
from booking.network.texts import pages


def of_network(*, now: datetime) -> list[Task]:
    """Return what the privacy notice has to say and does not."""
    lacking = pages.missing()
    if not lacking:
        return []
    return [
        Task(
            f"The privacy notice does not say {english.listed(lacking)} yet",
            url_for("texts.facts"),
            "Until you fill it in, the notice leaves out the sentence.",
            tag="Privacy",
            tone="warn",
        )
    ]
