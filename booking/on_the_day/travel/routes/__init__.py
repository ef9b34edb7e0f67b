"""Pages about the way to an event: a school's plan, shared seats, and the host's notes."""

from booking.on_the_day.travel.routes import notes, pack, plan, seats
from booking.on_the_day.travel.routes.blueprint import travel as blueprint

__all__ = ["blueprint", "notes", "pack", "plan", "seats"]
