"""Pages of resources: read, share, say how it went, use at an event, follow."""

from booking.network.resources.routes import following, noting, reading, sharing, using
from booking.network.resources.routes.blueprint import resources

__all__ = ["following", "noting", "reading", "resources", "sharing", "using"]
