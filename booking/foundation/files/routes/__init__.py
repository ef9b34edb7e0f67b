"""Pages where files are kept, and the address that hands one out."""

from booking.foundation.files.routes import downloads, keeping
from booking.foundation.files.routes.blueprint import blueprint

__all__ = ["blueprint", "downloads", "keeping"]
