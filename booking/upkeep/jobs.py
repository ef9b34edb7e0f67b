"""The jobs that delete what is no longer needed, ask the DNS, and tell the leads what is wrong."""

from collections.abc import Sequence
from datetime import datetime

from flask import current_app

from booking.foundation.chores import Job, Lane, once
from booking.upkeep import deployment, doctor, purging, service
from booking.upkeep.details import PURGE


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (
        Job(PURGE, 60, once(purging.purge)),
        Job("ask virus checker and DNS", 60, read_records, lane=Lane.APART),
    )


def last_of_all() -> Sequence[Job]:
    """Return the job that looks at how the others went."""
    return (Job("tell the lead if something is wrong", 30, once(tell_leads)),)


def read_records() -> int:
    """Ask what no page asks, for the lead's pages; return how many answers."""
    if current_app.config["APP_ENV"] != "production":
        return 0
    return service.keep_readings(deployment.of_others())


def tell_leads(now: datetime) -> int:
    """Write to the leads what is newly wrong, once until it is over; return to how many."""
    found = doctor.signs(now)
    examined = {sign.name for sign in found}
    return service.tell_leads(doctor.wrong(found), examined=examined, now=now)
