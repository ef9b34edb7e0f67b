"""Links to the listing, to a host’s events, and to the rules for new ones."""

from collections.abc import Sequence

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Door, Section


def listing() -> Section:
    """Return the section of upcoming events, for everybody."""
    return Section("Events", "events.listing")


def hosting() -> Section:
    """Return the section for people who run events."""
    return Section("Hosting", "host.home", Action.SEE_EVENT_WORK)


def of_network() -> Sequence[Door]:
    """Return the lead's link to the rules for new events."""
    hint = "Whose turn it is, guarantee, limit, and days to answer, as set for a new event."
    return (Door("Rules for new events", "rules.show", hint),)
