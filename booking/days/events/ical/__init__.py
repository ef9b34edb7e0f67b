"""Events as calendar entries: RFC 5545 and RFC 7986, followed to the byte.

One entry for each date of an event. Its UID is made of the event's permanent one and the date's
number, so a date that moves stays the same entry. SEQUENCE rises with each material change. A date
that was removed, or the whole event, is marked as cancelled. Nobody is named as ORGANIZER, so that
no client mails replies.
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
