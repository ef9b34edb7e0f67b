"""Close ideas that nobody has added to for a school year, a month after their owner was told."""

from datetime import datetime

from booking.days.ideas import locks
from booking.days.ideas.models import Idea, IdeaState
from booking.days.ideas.service import mail
from booking.domain.permissions import WORKER
from booking.foundation.audit import service as audit

SILENT = "Nobody added to it for a year."


def look_after_silent(*, now: datetime) -> int:
    """Tell whose idea has been silent, or close it; return how many were looked after."""
    found = locks.silent(now)
    for idea in found:
        if idea.warned_at is None:
            idea.warned_at = now
            mail.tell_of_silence(idea, now=now)
        else:
            _close(idea, now)
    return len(found)


def _close(idea: Idea, now: datetime) -> None:
    idea.state, idea.closed_at, idea.closed_word = IdeaState.CLOSED, now, SILENT
    audit.record(
        actor=WORKER, action="close_silent_idea", subject=idea, school_id=idea.school_id, now=now
    )
    mail.tell_of_end(idea, actor=WORKER, now=now)
