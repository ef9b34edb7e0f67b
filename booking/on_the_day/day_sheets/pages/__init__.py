"""What the day's paper shows, worked out before it is set."""

from booking.on_the_day.day_sheets.pages.day_sheet import DaySheet, day_sheet, safeguarding_lead
from booking.on_the_day.day_sheets.pages.labels import (
    ORDER_WORDS,
    OWNER_WORDS,
    LabelChoice,
    LabelOrder,
    LabelOwners,
    LabelText,
    labels,
    marks_are_open,
)
from booking.on_the_day.day_sheets.pages.sign_in import SignInSheet, sign_in_sheet

__all__ = [
    "ORDER_WORDS",
    "OWNER_WORDS",
    "DaySheet",
    "LabelChoice",
    "LabelOrder",
    "LabelOwners",
    "LabelText",
    "SignInSheet",
    "day_sheet",
    "labels",
    "marks_are_open",
    "safeguarding_lead",
    "sign_in_sheet",
]
