"""How long answers about meetings, and their papers, are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.foundation.chores import RetentionRule, deleting
from booking.foundation.files.models import AttachedFile
from booking.network.meetings import shelf
from booking.network.meetings.models import Meeting, MeetingAnswer

ANSWERS_KEPT = timedelta(days=400)
PAPERS_KEPT = timedelta(days=6 * 365)


def rules() -> Sequence[RetentionRule]:
    """Return when answers and papers are deleted."""
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
        deleting(
            "papers of meetings",
            "six years after the meeting",
            AttachedFile,
            lambda now: [
                AttachedFile.owner_kind == shelf.KIND,
                AttachedFile.owner_id.in_(
                    select(Meeting.public_id).where(Meeting.ends_at <= now - PAPERS_KEPT)
                ),
            ],
        ),
    )
