"""What the pages about incidents, calls and heads counted show, ready for templates."""

from booking.on_the_day.incidents.pages.calls import CallPage, calls_at_host, calls_at_school
from booking.on_the_day.incidents.pages.counts import CountPage, count_page
from booking.on_the_day.incidents.pages.incident import IncidentPage, at_host, at_school

__all__ = [
    "CallPage",
    "CountPage",
    "IncidentPage",
    "at_host",
    "at_school",
    "calls_at_host",
    "calls_at_school",
    "count_page",
]
