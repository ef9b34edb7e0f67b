"""Link to tours, for the people of schools and for whoever oversees the network."""

from booking.domain.permissions import Action
from booking.foundation.web.navigation import Section


def section() -> Section:
    """Return the section for people who take part in tours."""
    return Section("Tours", "tours.listing", Action.SEE_TOURS)
