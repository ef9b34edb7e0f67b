"""Events as entries of calendars: RFC 5545 and RFC 7986, kept to the byte.

One entry for each date of an event. Its UID is the event's for ever and the date's number, so a
date that moves stays the same entry; SEQUENCE rises with each material change; a date that was
taken out, or the whole event, is told as cancelled. Nobody is named as ORGANIZER, so that no
client mails replies.
"""

from booking.days.events.ical.entries import (
    CANCELLED_KEPT,
    Deadline,
    address,
    deadline,
    deadline_calendar,
    entries,
    event_calendar,
)
from booking.days.events.ical.writing import (
    PRODUCT,
    ZONE,
    all_day_entry,
    appointment,
    clean,
    identity,
    new_calendar,
    new_entry,
    one_line,
    written,
)

__all__ = [
    "CANCELLED_KEPT",
    "PRODUCT",
    "ZONE",
    "Deadline",
    "address",
    "all_day_entry",
    "appointment",
    "clean",
    "deadline",
    "deadline_calendar",
    "entries",
    "event_calendar",
    "identity",
    "new_calendar",
    "new_entry",
    "one_line",
    "written",
]
