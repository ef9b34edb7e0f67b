"""How long it is kept how schools travelled, and who answered the telephone."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select

from booking.days.events.models import Event
from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.travel.models import SeatShare, TravelPlan, VisitNotes


def rules() -> Sequence[RetentionRule]:
    """Return when it goes: seats first, because they belong to a plan."""
    return (
        deleting(
            "shared seats",
            others.TRAVEL,
            SeatShare,
            lambda now: [
                SeatShare.plan_id.in_(
                    select(TravelPlan.id).where(
                        TravelPlan.event_id.in_(_ended(others.TRAVEL.over(now)))
                    )
                )
            ],
        ),
        deleting(
            "how schools travel",
            others.TRAVEL,
            TravelPlan,
            lambda now: [TravelPlan.event_id.in_(_ended(others.TRAVEL.over(now)))],
        ),
        deleting(
            "hosts’ notes for visits",
            others.TRAVEL,
            VisitNotes,
            lambda now: [VisitNotes.event_id.in_(_ended(others.TRAVEL.over(now)))],
        ),
    )


def _ended(by: datetime) -> Select[int]:
    return select(Event.id).where(Event.last_ends_at <= by)
