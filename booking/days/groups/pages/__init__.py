"""What the pages of groups and workshops show."""

from booking.days.groups.pages.groups import GroupsPage, page_of

__all__ = ["GroupsPage", "page_of"]
