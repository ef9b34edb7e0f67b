"""Link to a school’s cash box."""

from collections.abc import Sequence

from booking.foundation.web.navigation import Door


def of_school() -> Sequence[Door]:
    """Return the coordinator's link to the cash box."""
    return (Door("Cash and cheques", "cash.banked", "the list to take to the bank"),)
