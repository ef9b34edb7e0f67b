"""Dates compared with the calendar that the network keeps: what speaks against them, and for what.

Pure: dates and facts in, sentences out. Whoever publishes an event reads them before anybody is
told.
"""

from booking.domain.checking_dates.better import BetterDay, better_day
from booking.domain.checking_dates.exams import exam_years
from booking.domain.checking_dates.facts import (
    CalendarFacts,
    ClosedSchools,
    KnownEvent,
    NotedDay,
    PlannedDates,
    window,
)
from booking.domain.checking_dates.findings import DateFinding, Gravity, check, named

__all__ = [
    "BetterDay",
    "CalendarFacts",
    "ClosedSchools",
    "DateFinding",
    "Gravity",
    "KnownEvent",
    "NotedDay",
    "PlannedDates",
    "better_day",
    "check",
    "exam_years",
    "named",
    "window",
]
