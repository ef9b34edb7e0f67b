"""The day's paper as PDF files."""

from booking.on_the_day.day_sheets.printing.day_sheet import day_sheet
from booking.on_the_day.day_sheets.printing.labels import in_latin, labels
from booking.on_the_day.day_sheets.printing.sign_in import sign_in_sheet

__all__ = ["day_sheet", "in_latin", "labels", "sign_in_sheet"]
