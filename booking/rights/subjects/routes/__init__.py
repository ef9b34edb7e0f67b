"""Pages on everything held about one person."""

from booking.rights.subjects.routes import access, erasing, typed
from booking.rights.subjects.routes.blueprint import subjects as blueprint

__all__ = ["access", "blueprint", "erasing", "typed"]
