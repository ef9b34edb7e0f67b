"""What the pages of groups and workshops show."""

from booking.days.groups.pages.groups import GroupsPage, page_of
from booking.days.groups.pages.together import GROUP, WORKSHOPS, together

__all__ = ["GROUP", "WORKSHOPS", "GroupsPage", "page_of", "together"]
