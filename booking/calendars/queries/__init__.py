"""Reads of calendars: which events are in one, and whether anything changed since."""

from booking.calendars.queries.feeds import Asked, asked_for, feeds_of, feeds_of_parent
from booking.calendars.queries.marks import Mark
from booking.calendars.queries.moments import holds_until
from booking.calendars.queries.private import (
    Content,
    Entry,
    entries,
    of_parent,
    of_person,
)
from booking.calendars.queries.public import events_of, programme_mark

__all__ = [
    "Asked",
    "Content",
    "Entry",
    "Mark",
    "asked_for",
    "entries",
    "events_of",
    "feeds_of",
    "feeds_of_parent",
    "holds_until",
    "of_parent",
    "of_person",
    "programme_mark",
]
