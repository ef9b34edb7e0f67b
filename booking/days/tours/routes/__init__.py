"""The pages of tours: for everybody, for whoever keeps one, for schools, leaders and kits."""

from booking.days.tours.routes import asking, keeping, kits, leading, public, stops
from booking.days.tours.routes.blueprint import tours

__all__ = ["asking", "keeping", "kits", "leading", "public", "stops", "tours"]
