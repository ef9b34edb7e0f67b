"""Reads of incidents, calls and heads counted."""

from booking.on_the_day.incidents.queries.counting import heads, is_explained, numbers, unsettled
from booking.on_the_day.incidents.queries.holding import held, held_bookings

__all__ = ["heads", "held", "held_bookings", "is_explained", "numbers", "unsettled"]
