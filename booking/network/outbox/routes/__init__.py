"""The pages about mail: the network's outbox, and what was sent about one booking."""

from booking.network.outbox.routes import lead, school
from booking.network.outbox.routes.blueprint import outbox
from booking.network.outbox.routes.examples import examples

__all__ = ["examples", "lead", "outbox", "school"]
