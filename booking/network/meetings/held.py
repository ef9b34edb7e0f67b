"""What `meetings` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, of_adult
from booking.network.meetings.models import MeetingAnswer, MeetingGuest


def parts() -> Sequence[Part]:
    """Return what somebody is invited to by name, and what they answered."""
    return (
        of_adult("Invitations to meetings", MeetingGuest.person_id),
        of_adult("Answers to meetings", MeetingAnswer.person_id),
    )
