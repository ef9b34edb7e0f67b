"""What is wrong with the running site, for the lead's home page."""

from datetime import datetime

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.upkeep import deployment, doctor
from booking.upkeep.details import Level


def of_lead(*, now: datetime) -> list[Task]:
    """Return what somebody should do about the running site, but for mail: the outbox says that."""
    return [
        Task(
            sign.title,
            url_for("upkeep.running"),
            sign.advice,
            tag="Not working" if sign.level is Level.BROKEN else "Look at this",
            tone="bad" if sign.level is Level.BROKEN else "warn",
        )
        for sign in doctor.wrong([*doctor.signs(now), *deployment.for_lead(now)])
        if sign.name != "mail"
    ]
