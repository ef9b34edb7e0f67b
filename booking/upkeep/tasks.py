"""What is wrong with the running site, for the lead's home page."""

from datetime import datetime

from flask import url_for

from booking.foundation.web.task_lists import Task
from booking.upkeep import deployment, doctor, queries
from booking.upkeep.details import ANNOUNCED, Level


def of_lead(*, now: datetime) -> list[Task]:
    """Return what somebody should do about the running site, unless a lead has seen it.

    Not about mail, which the outbox says, nor about new roles, which are announced.
    """
    seen = {key for key, row in queries.alerts().items() if row.seen_at is not None}
    return [
        Task(
            sign.title,
            url_for("upkeep.running"),
            sign.advice,
            tag="Not working" if sign.level is Level.BROKEN else "Look at this",
            tone="bad" if sign.level is Level.BROKEN else "warn",
        )
        for sign in doctor.wrong([*doctor.signs(now), *deployment.for_lead(now)])
        if sign.name not in {"mail", *ANNOUNCED} and sign.key not in seen
    ]
