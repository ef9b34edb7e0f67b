"""Pages for pupils who came without being on the list: at the door, and at the home school."""

from booking.on_the_day.walk_ins.routes import door, home
from booking.on_the_day.walk_ins.routes.blueprint import walk_ins as blueprint

__all__ = ["blueprint", "door", "home"]
