"""What `groups` holds about one person."""

from collections.abc import Sequence

from booking.days.groups.models import GroupMember, WorkshopSpot, WorkshopWish
from booking.foundation.holdings import Part


def parts() -> Sequence[Part]:
    """Return where a pupil was at an event."""
    return (
        Part("Groups", GroupMember),
        Part("Workshops wished for", WorkshopWish),
        Part(
            "Workshops",
            WorkshopSpot,
        ),
    )
