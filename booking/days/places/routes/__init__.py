"""A school's own pages (home, one event, its pupils' bookings), and the network's view of it."""

from booking.days.places.routes import bookings, event_page, home
from booking.days.places.routes.blueprint import school_pages
from booking.days.places.routes.network import network_pages

__all__ = ["bookings", "event_page", "home", "network_pages", "school_pages"]
