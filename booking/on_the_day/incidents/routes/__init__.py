"""Pages on what went wrong on the day: for the host's staff, and for the pupils' own school."""

from booking.on_the_day.incidents.routes import at_host, at_school, calls, counts, search
from booking.on_the_day.incidents.routes.blueprint import incidents as blueprint

__all__ = ["at_host", "at_school", "blueprint", "calls", "counts", "search"]
