"""Link to the outbox."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_network() -> Sequence[Door]:
    """Return the link to the network's mail."""
    return (Door("Outbox", "outbox.listing", "Mail that is late, was not sent or was refused."),)
