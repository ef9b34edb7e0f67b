"""Where higher features add to home pages, and ask for more than a password."""

from collections.abc import Sequence
from datetime import datetime

from booking.foundation.ports import Port, Socket
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import OtherWays, SchoolLine


@Port
def school_tasks(*, school: SchoolLine, now: datetime) -> Sequence[Task] | None:
    """Return what a school should do, for its coordinator's home page."""


@Port
def network_tasks(*, now: datetime) -> Sequence[Task] | None:
    """Return what the lead should do, for the network's home page."""


@Port
def overseer_tasks(*, now: datetime) -> Sequence[Task] | None:
    """Return what somebody who only reads the network should look at."""


@Port
def ways_in(person_id: int) -> int | None:
    """Return in how many ways of a feature's own a person can sign in without a password."""


@Port
def what_becomes(*, person_id: int) -> Sequence[str] | None:
    """Return what becomes of what a person did here, in sentences, for the page to leave."""


@Socket
def second_step(person_id: int) -> str:
    """Return where a person shows a second factor before a session begins; "" if nowhere."""
    return ""


@Socket
def other_ways(person_id: int) -> OtherWays:
    """Return what somebody signed in can show again in place of a password."""
    return OtherWays()
