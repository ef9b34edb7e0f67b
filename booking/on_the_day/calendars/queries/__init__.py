"""Reads of calendars: which events are in one, and whether anything has changed."""

from booking.on_the_day.calendars.queries.feeds import (
    AskedFeed,
    asked_for,
    feeds_of,
    feeds_of_parent,
)
from booking.on_the_day.calendars.queries.marks import CalendarMark
from booking.on_the_day.calendars.queries.moments import holds_until
from booking.on_the_day.calendars.queries.private import (
    CalendarEntry,
    Content,
    entries,
    of_parent,
    of_person,
)
from booking.on_the_day.calendars.queries.public import events_of, programme_mark, programme_name

__all__ = [
    "AskedFeed",
    "CalendarEntry",
    "CalendarMark",
    "Content",
    "asked_for",
    "entries",
    "events_of",
    "feeds_of",
    "feeds_of_parent",
    "holds_until",
    "of_parent",
    "of_person",
    "programme_mark",
    "programme_name",
]
