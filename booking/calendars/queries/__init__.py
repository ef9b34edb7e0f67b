"""Reads of calendars: which events are in one, and whether anything changed since."""

from booking.calendars.queries.feeds import feed_by_token, feeds_of, feeds_of_parent
from booking.calendars.queries.marks import Mark
from booking.calendars.queries.private import (
    Content,
    Entry,
    entries,
    of_parent,
    of_person,
)
from booking.calendars.queries.public import events_of, programme_mark

__all__ = [
    "Content",
    "Entry",
    "Mark",
    "entries",
    "events_of",
    "feed_by_token",
    "feeds_of",
    "feeds_of_parent",
    "of_parent",
    "of_person",
    "programme_mark",
]
