"""How long answers about meetings are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.foundation.chores import RetentionRule, deleting
from booking.network.meetings.models import Meeting, MeetingAnswer

ANSWERS_KEPT = timedelta(days=400)


def rules() -> Sequence[RetentionRule]:
    """Return when answers are deleted."""
    return (
        deleting(
            "answers to meetings",
            "400 days after the meeting, which stays with its minutes",
            MeetingAnswer,
            lambda now: [
                MeetingAnswer.meeting_id.in_(
                    select(Meeting.id).where(Meeting.ends_at <= now - ANSWERS_KEPT)
                )
            ],
        ),
    )
