"""The pages about mail: the network's outbox, and what was sent about one booking."""

from booking.network.outbox.routes import lead, school
from booking.network.outbox.routes.blueprint import outbox

__all__ = ["lead", "outbox", "school"]
