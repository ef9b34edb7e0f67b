"""What `seasons` holds about one person."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.days.seasons.models import PlannedPupil, Wish
from booking.foundation.holdings import Part


def parts() -> Sequence[Part]:
    """Return the events that a school wished for a pupil."""
    return (
        Part(
            "Wishes in season plans",
            Wish,
            family=lambda subject: Wish.planned_pupil_id.in_(
                select(PlannedPupil.id).where(PlannedPupil.pupil_id.in_(subject.pupils))
            ),
        ),
        Part(
            "Season plans",
            PlannedPupil,
            left_out={"reference": "stands for the pupil in the plan’s record, and nowhere else"},
        ),
    )
