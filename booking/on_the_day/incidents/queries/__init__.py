"""Reads of incidents, calls and heads counted."""

from booking.on_the_day.incidents.queries.calling import (
    KNOWN,
    CallsDue,
    Times,
    calls,
    due_at_host,
    due_at_school,
    is_begun,
    own_times,
    times,
    unexplained,
)
from booking.on_the_day.incidents.queries.counting import heads, is_explained, numbers, unsettled
from booking.on_the_day.incidents.queries.holding import held, held_bookings, named_longer
from booking.on_the_day.incidents.queries.written import (
    IncidentLine,
    by_public_id,
    may_change,
    notes,
    of_event,
    open_explanation,
    open_search,
    steps,
    unread_by_school,
    waiting_for_host,
)

__all__ = [
    "KNOWN",
    "CallsDue",
    "IncidentLine",
    "Times",
    "by_public_id",
    "calls",
    "due_at_host",
    "due_at_school",
    "heads",
    "held",
    "held_bookings",
    "is_begun",
    "is_explained",
    "may_change",
    "named_longer",
    "notes",
    "numbers",
    "of_event",
    "open_explanation",
    "open_search",
    "own_times",
    "steps",
    "times",
    "unexplained",
    "unread_by_school",
    "unsettled",
    "waiting_for_host",
]
