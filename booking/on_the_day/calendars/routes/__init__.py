"""The calendars that programs fetch, and the pages where people find and manage them."""

from booking.on_the_day.calendars.routes import fetching, own, page, parents
from booking.on_the_day.calendars.routes.blueprint import calendars

__all__ = ["calendars", "fetching", "own", "page", "parents"]
