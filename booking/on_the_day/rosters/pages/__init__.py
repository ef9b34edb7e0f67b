"""What the pages of rosters and registers show, ready for the templates and for files."""

from booking.on_the_day.rosters.pages.register import VISIT_CODE, Register, attendance

__all__ = ["VISIT_CODE", "Register", "attendance"]
