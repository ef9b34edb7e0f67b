"""What the pages of events show, ready for the templates."""

from booking.days.events.pages.event import (
    Card,
    EventPage,
    cards,
    event_page,
    next_date,
    stages,
    work_cards,
)

__all__ = [
    "Card",
    "EventPage",
    "cards",
    "event_page",
    "next_date",
    "stages",
    "work_cards",
]
