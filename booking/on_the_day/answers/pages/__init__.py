"""What the pages on families' answers show, ready for templates and files."""

from booking.on_the_day.answers.pages.changes import ChangeLine, change_lines
from booking.on_the_day.answers.pages.coach import CoachList, coach_list
from booking.on_the_day.answers.pages.contact import ContactPage, contact_page
from booking.on_the_day.answers.pages.pupil import PupilDay, pupil_day

__all__ = [
    "ChangeLine",
    "CoachList",
    "ContactPage",
    "PupilDay",
    "change_lines",
    "coach_list",
    "contact_page",
    "pupil_day",
]
