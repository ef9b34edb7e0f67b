"""Reads a partner's calendar entry by entry, in a process of its own with limited time and memory.

Nothing from a partner is trusted: text becomes one plain line, links are https or nothing, and
descriptions are not even read. One entry that cannot be read costs no other; every entry is either
read or counted as left out, with its reason.

`blocks` cuts the bytes into entries, `entries` reads one, `series` writes out what repeats,
`found` has the plain facts that come of it, and `apart` starts the process.
"""

from datetime import date

from booking.days.partners.reading import series
from booking.days.partners.reading.apart import MEMORY_BYTES, read_apart
from booking.days.partners.reading.found import (
    TEXT_MAX,
    CalendarReading,
    FoundDate,
    LeftOutEntry,
    Unreadable,
    line,
    link,
)
from booking.days.partners.reading.series import DATES_MAX, ENTRIES_MAX, REPEATED_MAX

__all__ = [
    "DATES_MAX",
    "ENTRIES_MAX",
    "MEMORY_BYTES",
    "REPEATED_MAX",
    "TEXT_MAX",
    "CalendarReading",
    "FoundDate",
    "LeftOutEntry",
    "Unreadable",
    "dates",
    "line",
    "link",
    "read",
    "read_apart",
]


def dates(body: bytes, *, first_on: date, last_on: date) -> list[FoundDate]:
    """Return a calendar's dates between two days, soonest first. Raises Unreadable."""
    return list(read(body, first_on=first_on, last_on=last_on).dates)


def read(body: bytes, *, first_on: date, last_on: date) -> CalendarReading:
    """Return what a calendar holds between two days, in this process. Raises Unreadable."""
    return series.read(body, first_on=first_on, last_on=last_on)
