"""What transfers hold about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, kept
from booking.money.transfers.models import TransferReference


def parts() -> Sequence[Part]:
    """Return the references that a family's bank transfers quote."""
    stays = "accounts are kept for six years; the number names nobody"
    return (Part("References of bank transfers", TransferReference, kept(stays)),)
