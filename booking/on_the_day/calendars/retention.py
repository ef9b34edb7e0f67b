"""How long calendar addresses are kept once nobody needs them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, or_, select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.keeping import families, others
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.calendars.models import Feed
from booking.people.pupils.models import PupilParent
from booking.people.schools.models import Person

FEEDS_KEPT = families.CALENDARS.days


def rules() -> Sequence[RetentionRule]:
    """Return when addresses are deleted."""
    return (
        deleting(
            "revoked feeds",
            others.FEEDS,
            Feed,
            lambda now: [
                or_(Feed.revoked_at <= others.FEEDS.over(now), Feed.person_id.in_(_gone()))
            ],
        ),
        deleting("parents' feeds", families.CALENDARS, Feed, _over),
    )


def _gone() -> Select[int]:
    """Select the accounts that have no name any more."""
    return select(Person.id).where(Person.forgotten_at.is_not(None))


def _over(now: datetime) -> list[Any]:
    """Return the conditions for calendars of parents whose children have had no event since."""
    before = families.CALENDARS.over(now)
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
