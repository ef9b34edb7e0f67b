"""Pages of groups: read, found, join, lead, note, meet and end."""

from booking.network.colleague_groups.routes import joining, keeping, leading, reading
from booking.network.colleague_groups.routes.blueprint import colleague_groups

__all__ = ["colleague_groups", "joining", "keeping", "leading", "reading"]
