"""The pages of events: the public's, and those of hosts and the lead."""

from booking.events.routes import editing, host, public, publishing
from booking.events.routes.blueprints import events, host_pages

__all__ = ["editing", "events", "host", "host_pages", "public", "publishing"]
