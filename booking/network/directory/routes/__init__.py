"""Pages of the directory: look, offer, ask; heads' and schools' links; the lead's page."""

from booking.network.directory.routes import asking, by_link, leading, offering, reading
from booking.network.directory.routes.blueprint import directory, lead

__all__ = ["asking", "by_link", "directory", "lead", "leading", "offering", "reading"]
