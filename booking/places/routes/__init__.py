"""A school's own pages (home, one event, its pupils' bookings), and the network's look at it."""

from booking.places.routes import bookings, event, home
from booking.places.routes.blueprint import school_pages
from booking.places.routes.network import network_pages

__all__ = ["bookings", "event", "home", "network_pages", "school_pages"]
