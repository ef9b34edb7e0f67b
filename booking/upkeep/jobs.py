"""The jobs that delete what is no longer needed, and tell the leads if something is wrong."""

from collections.abc import Sequence
from datetime import datetime

from booking.foundation.chores import Job, once
from booking.upkeep import doctor, purging, service
from booking.upkeep.details import PURGE


def jobs() -> Sequence[Job]:
    """Return the worker's jobs."""
    return (Job(PURGE, 60, once(purging.purge)),)


def last_of_all() -> Sequence[Job]:
    """Return the job that looks at how the others went."""
    return (Job("tell the lead if something is wrong", 30, once(tell_leads)),)


def tell_leads(now: datetime) -> int:
    """Write to the leads what is newly wrong, once until it is over; return to how many."""
    found = doctor.signs(now)
    examined = {sign.name for sign in found}
    return service.tell_leads(doctor.wrong(found), examined=examined, now=now)
