"""What `meetings` holds about one person."""

from collections.abc import Sequence

from booking.foundation.holdings import Part, nobody
from booking.network.meetings.models import MeetingAnswer


def parts() -> Sequence[Part]:
    """Return what somebody answered to invitations."""
    return (
        Part(
            "Answers to meetings",
            MeetingAnswer,
            family=nobody,
            adult=lambda subject: MeetingAnswer.person_id.in_(subject.people),
        ),
    )
