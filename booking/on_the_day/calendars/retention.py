"""How long calendar addresses are kept once nobody needs them."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.calendars.models import Feed
from booking.people.pupils.models import PupilParent

FEEDS_KEPT = timedelta(days=30)


def rules() -> Sequence[RetentionRule]:
    """Return when addresses are deleted."""
    return (
        deleting(
            "revoked feeds",
            "30 days after they were revoked",
            Feed,
            lambda now: [Feed.revoked_at <= now - FEEDS_KEPT],
        ),
        deleting("parents' feeds", "30 days after the family’s last event", Feed, _over),
    )


def _over(now: datetime) -> list[Any]:
    """Return the conditions for calendars of parents whose children have had no event since."""
    before = now - FEEDS_KEPT
    still_there = (
        select(PupilParent.parent_id)
        .join(Booking, Booking.pupil_id == PupilParent.pupil_id)
        .join(Event, Event.id == Booking.event_id)
        .where(Event.last_ends_at > before)
    )
    return [
        Feed.parent_id.is_not(None),
        Feed.created_at <= before,
        Feed.parent_id.not_in(still_there),
    ]
