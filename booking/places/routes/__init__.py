"""A school's own pages: home, one event, and what becomes of its pupils' bookings."""

from booking.places.routes import bookings, event, home
from booking.places.routes.blueprint import school_pages

__all__ = ["bookings", "event", "home", "school_pages"]
