"""What `tours` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.days.tours.models import StopLeader, TourLeader
from booking.foundation.holdings import Part


def parts() -> Sequence[Part]:
    """Return the tours and stops that a pupil led."""
    return (
        Part(
            "Stops led",
            StopLeader,
            family=lambda subject: StopLeader.leader_id.in_(
                select(TourLeader.id).where(TourLeader.pupil_id.in_(subject.pupils))
            ),
        ),
        Part("Tours led", TourLeader),
    )
