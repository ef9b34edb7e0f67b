"""What `transfers` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part
from booking.money.transfers.models import TransferReference


def parts() -> Sequence[Part]:
    """Return the references that a family's bank transfers quote."""
    return (Part("References of bank transfers", TransferReference),)
