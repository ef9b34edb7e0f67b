"""What pages about events show, ready for the templates."""

from booking.days.events.pages.cancelling import if_cancelled
from booking.days.events.pages.corrections import corrections
from booking.days.events.pages.event import (
    Card,
    DrawnPart,
    EventPage,
    cards,
    drawn_part,
    event_page,
    next_date,
    stages,
    work_cards,
)
from booking.days.events.pages.folds import Fold, folds
from booking.days.events.pages.remarks import Remark, remarks
from booking.days.events.pages.telling import of_change, told, unreached

__all__ = [
    "Card",
    "DrawnPart",
    "EventPage",
    "Fold",
    "Remark",
    "cards",
    "corrections",
    "drawn_part",
    "event_page",
    "folds",
    "if_cancelled",
    "next_date",
    "of_change",
    "remarks",
    "stages",
    "told",
    "unreached",
    "work_cards",
]
