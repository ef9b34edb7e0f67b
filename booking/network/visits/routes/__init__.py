"""The pages of visits."""

from booking.network.visits.routes import asking, opening, reading
from booking.network.visits.routes.blueprint import visits

__all__ = ["asking", "opening", "reading", "visits"]
