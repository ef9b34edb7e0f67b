"""A workshop that travels from school to school: who can be where when, and when a kit is late."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

#: How long a school may keep a kit after its stop before somebody is reminded.
KIT_KEPT = timedelta(hours=24)
#: How long before its own stop a school should have the kit.
KIT_AHEAD = timedelta(hours=24)


@dataclass(frozen=True)
class StopTime:
    """When a stop is, and how many minutes its tour needs to travel to or from another."""

    starts_at: datetime
    ends_at: datetime
    travel_minutes: int = 0


def is_apart(one: StopTime, other: StopTime) -> bool:
    """Return whether the same people or kit can be at both stops.

    Between them there must be the longer of the two times to travel.
    """
    first, then = sorted((one, other), key=lambda time: (time.starts_at, time.ends_at))
    travel = timedelta(minutes=max(one.travel_minutes, other.travel_minutes))
    return first.ends_at + travel <= then.starts_at


def first_clash(wanted: StopTime, taken: Iterable[StopTime]) -> StopTime | None:
    """Return the earliest of the taken times that leaves no room for the wanted one."""
    clashes = (time for time in taken if not is_apart(wanted, time))
    return min(clashes, key=lambda time: time.starts_at, default=None)


def late_from(ended_at: datetime, next_starts_at: datetime | None) -> datetime:
    """Return from when a kit that is still at a school after its stop is late.

    That is a day after the stop, or a day before the next one if that is sooner, but never before
    the stop is over.
    """
    kept_until = ended_at + KIT_KEPT
    if next_starts_at is None:
        return kept_until
    return max(ended_at, min(kept_until, next_starts_at - KIT_AHEAD))
