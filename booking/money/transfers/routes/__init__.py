"""The pages about bank transfers: a parent's own, and the treasurer's."""

from booking.money.transfers.routes import network, own
from booking.money.transfers.routes.blueprint import transfers

__all__ = ["network", "own", "transfers"]
