"""The pages about groups and workshops: the host's, and a school's for its own pupils."""

from booking.days.groups.routes import choices, groups, school, workshops
from booking.days.groups.routes.blueprint import groups_pages

__all__ = ["choices", "groups", "groups_pages", "school", "workshops"]
