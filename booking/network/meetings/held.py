"""What `meetings` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.network.meetings.models import MeetingAnswer


def parts() -> Sequence[Part]:
    """Return what somebody answered to invitations."""
    return (of_adult("Answers to meetings", MeetingAnswer.person_id),)
