"""Lock an idea before anything about it changes: two people may take it up at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from booking.days.ideas.details import NOTICE, SILENT_FOR
from booking.days.ideas.models import Idea, IdeaState
from booking.foundation.db import db

#: How many ideas a sweep takes in one transaction.
IDEAS_PER_SWEEP = 20


def idea(idea_id: int) -> Idea:
    """Return an idea as it is now, locked until the transaction ends."""
    return db.session.scalars(
        select(Idea)
        .where(Idea.id == idea_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()


def silent(now: datetime) -> Sequence[Idea]:
    """Return some ideas that have been silent so long that something is due, locked."""
    warned = Idea.warned_at.is_not(None)
    to_close = warned & (Idea.warned_at <= now - NOTICE) & (Idea.touched_at <= now - SILENT_FOR)
    to_warn = ~warned & (Idea.touched_at <= now - SILENT_FOR + NOTICE)
    return db.session.scalars(
        select(Idea)
        .where(Idea.state == IdeaState.OPEN, Idea.event_id.is_(None), to_close | to_warn)
        .order_by(Idea.id)
        .limit(IDEAS_PER_SWEEP)
        .with_for_update(key_share=True, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
