"""The calendars that programs fetch, and the pages on which people find and keep them."""

from booking.calendars.routes import fetching, own, page, parents
from booking.calendars.routes.blueprint import calendars

__all__ = ["calendars", "fetching", "own", "page", "parents"]
