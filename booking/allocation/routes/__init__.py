"""The pages of rounds: what everybody sees, and what the host does."""

from booking.allocation.routes import host, public
from booking.allocation.routes.blueprint import allocation

__all__ = ["allocation", "host", "public"]
