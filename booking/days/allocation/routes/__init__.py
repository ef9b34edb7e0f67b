"""Pages about rounds: what everybody sees, what the host does, and the season."""

from booking.days.allocation.routes import host, public, season
from booking.days.allocation.routes.blueprint import allocation

__all__ = ["allocation", "host", "public", "season"]
