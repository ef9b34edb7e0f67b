"""How long it is kept how schools travelled, and who answered the telephone."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select

from booking.days.events.models import Event
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.travel.models import SeatShare, TravelPlan, VisitNotes

KEPT = timedelta(days=14)


def rules() -> Sequence[RetentionRule]:
    """Return when it goes: seats first, because they belong to a plan."""
    return (
        deleting(
            "shared seats",
            "14 days after the event",
            SeatShare,
            lambda now: [
                SeatShare.plan_id.in_(
                    select(TravelPlan.id).where(TravelPlan.event_id.in_(_ended(now - KEPT)))
                )
            ],
        ),
        deleting(
            "how schools travel",
            "with base contacts’ names and numbers: 14 days after the event",
            TravelPlan,
            lambda now: [TravelPlan.event_id.in_(_ended(now - KEPT))],
        ),
        deleting(
            "hosts’ notes for visits",
            "with the safeguarding lead’s number: 14 days after the event",
            VisitNotes,
            lambda now: [VisitNotes.event_id.in_(_ended(now - KEPT))],
        ),
    )


def _ended(by: datetime) -> Select[int]:
    return select(Event.id).where(Event.last_ends_at <= by)
