"""The coordinator's pages about the school's own pupils."""

from booking.people.pupils.routes import importing, lists, years
from booking.people.pupils.routes.blueprint import pupils as blueprint

__all__ = ["blueprint", "importing", "lists", "years"]
