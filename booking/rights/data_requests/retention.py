"""How long names and words stay in the register."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, not_, or_, select

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, emptying
from booking.people.schools.models import Person
from booking.rights.data_requests import queries
from booking.rights.data_requests.models import DataRequest


def rules() -> Sequence[RetentionRule]:
    """Return when the register forgets who asked what."""
    return (
        emptying(
            "requests about what is held",
            others.DATA_REQUESTS,
            DataRequest,
            _answered_long_ago,
            lambda now: {
                **dict.fromkeys(
                    ("asker", "about", "wanted", "reply_to", "extended_because", "answer"), ""
                ),
                **dict.fromkeys(("pupil_id", "parent_id", "person_id", "adult_id")),
                "emptied_at": now,
            },
        ),
    )


def _answered_long_ago(now: datetime) -> list[Any]:
    erased = or_(
        and_(DataRequest.of_pupil, DataRequest.pupil_id.is_(None)),
        and_(DataRequest.of_parent, DataRequest.parent_id.is_(None)),
        DataRequest.person_id.in_(select(Person.id).where(Person.forgotten_at.is_not(None))),
    )
    over = others.DATA_REQUESTS.over(now)
    never_answered = and_(DataRequest.answered_at.is_(None), DataRequest.due_on <= over.date())
    answered = and_(DataRequest.answered_at.is_not(None), erased)
    return [
        DataRequest.emptied_at.is_(None),
        or_(DataRequest.answered_at <= over, never_answered, answered),
        not_(queries.in_force(now)),
    ]
