"""Pages for the day: roster and register for the host, accompanying adults for a school."""

from booking.on_the_day.rosters.routes import adults, day_staff, phones, register, roster
from booking.on_the_day.rosters.routes.blueprint import rosters as blueprint

__all__ = ["adults", "blueprint", "day_staff", "phones", "register", "roster"]
