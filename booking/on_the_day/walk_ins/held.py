"""What `walk_ins` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part
from booking.on_the_day.walk_ins.models import WalkIn


def parts() -> Sequence[Part]:
    """Return the dates to which a pupil came without being on the list."""
    return (
        Part(
            "Came without being on the list",
            WalkIn,
            family=lambda subject: WalkIn.pupil_id.in_(subject.pupils),
            by_staff=True,
        ),
        Part(
            "Another pupil came instead",
            WalkIn,
            family=lambda subject: WalkIn.instead_of_id.in_(subject.bookings),
            left_out={
                "name": "another child",
                "folded": "another child",
                "reason": "about another child",
                "pupil_id": "another child",
            },
        ),
    )
