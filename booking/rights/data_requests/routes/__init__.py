"""Pages on the register of requests: of a school, of the network, and of whoever asks."""

from booking.rights.data_requests.routes import asking, network, schools
from booking.rights.data_requests.routes.blueprint import data_requests as blueprint

__all__ = ["asking", "blueprint", "network", "schools"]
