"""Link to network life."""

from itertools import chain

from booking.domain.permissions import Action
from booking.foundation.web import network_life
from booking.foundation.web.navigation import Section


def section() -> Section:
    """Return the section for everybody who sees what colleagues share."""
    pages = [door.endpoint for door in chain.from_iterable(network_life.life_doors())]
    return Section("Network life", "overview.home", Action.SEE_NETWORK_LIFE, pages=pages)
