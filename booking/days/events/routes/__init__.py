"""Pages about events: the public's, and those for hosts and the lead."""

from booking.days.events.routes import (
    editing,
    host,
    network_rules,
    outside,
    previewing,
    public,
    publishing,
    starting,
    themes,
)
from booking.days.events.routes.blueprints import events, host_pages, rules

__all__ = [
    "editing",
    "events",
    "host",
    "host_pages",
    "network_rules",
    "outside",
    "previewing",
    "public",
    "publishing",
    "rules",
    "starting",
    "themes",
]
