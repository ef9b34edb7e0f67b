"""What the pages for rosters and registers show, ready for templates and files."""

from booking.on_the_day.rosters.pages.attendance import attendance
from booking.on_the_day.rosters.pages.register import Register

__all__ = ["Register", "attendance"]
