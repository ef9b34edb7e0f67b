"""How long answers to a host's questions are kept: as long as the host chose, of three times."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, or_, select

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain import asking
from booking.domain.asking import KeptUntil
from booking.domain.keeping import families
from booking.foundation.chores import RetentionRule, deleting


def rules() -> Sequence[RetentionRule]:
    """Return when answers are deleted; what was asked stays with the event."""
    return (
        deleting(
            "answers to hosts’ questions",
            families.ASKED,
            QuestionAnswer,
            _past,
        ),
    )


def _past(now: datetime) -> list[Any]:
    past = or_(
        *(
            and_(EventQuestion.kept == kept, Event.last_ends_at <= asking.ended_by(kept, now))
            for kept in KeptUntil
        )
    )
    asked = select(EventQuestion.id).join(Event, Event.id == EventQuestion.event_id).where(past)
    nobody = QuestionAnswer.booking_id.in_(place_queries.without_names())
    return [or_(QuestionAnswer.question_id.in_(asked), nobody)]
