"""What groups hold about one person."""

from collections.abc import Sequence

from booking.days.groups.models import GroupMember, WorkshopSpot, WorkshopWish
from booking.foundation.holdings import DELETED, Part, kept


def parts() -> Sequence[Part]:
    """Return where a pupil was at an event."""
    return (
        Part("Groups", GroupMember, DELETED),
        Part("Workshops wished for", WorkshopWish, DELETED),
        Part(
            "Workshops",
            WorkshopSpot,
            kept("which numbered place was taken; it names nobody"),
        ),
    )
