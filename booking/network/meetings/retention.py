"""How long answers about meetings, and their papers, are kept."""

from collections.abc import Sequence

from sqlalchemy import select

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.network.meetings import shelf
from booking.network.meetings.models import Meeting, MeetingAnswer, MeetingGuest


def rules() -> Sequence[RetentionRule]:
    """Return when answers, guests and papers are deleted."""
    return (
        deleting(
            "answers to meetings",
            others.MEETING_ANSWERS,
            MeetingAnswer,
            lambda now: [
                MeetingAnswer.meeting_id.in_(
                    select(Meeting.id).where(Meeting.ends_at <= others.MEETING_ANSWERS.over(now))
                )
            ],
        ),
        deleting(
            "guests of meetings",
            others.MEETING_ANSWERS,
            MeetingGuest,
            lambda now: [
                MeetingGuest.meeting_id.in_(
                    select(Meeting.id).where(Meeting.ends_at <= others.MEETING_ANSWERS.over(now))
                )
            ],
        ),
        deleting(
            "papers of meetings",
            others.PAPERS,
            AttachedFile,
            lambda now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.in_(
                    select(Meeting.public_id).where(Meeting.ends_at <= others.PAPERS.over(now))
                ),
            ],
        ),
    )
