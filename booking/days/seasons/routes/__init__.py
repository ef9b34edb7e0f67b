"""Pages about season plans: the lead's, a school's, and everybody's."""

from booking.days.seasons.routes import lead, opening, proposal, public, school
from booking.days.seasons.routes.blueprint import seasons

__all__ = ["lead", "opening", "proposal", "public", "school", "seasons"]
