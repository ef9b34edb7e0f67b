"""Deadlines of parents and schools: how they are set, and that each put-off is in the trail."""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places.models import Booking, Offer, Place
from booking.domain import replying
from booking.domain.permissions import WORKER
from booking.foundation.audit import service as audit
from booking.people.schools import queries as school_queries

#: Deadlines for a parent to answer, and for a school to accept a place or name a pupil for one.
_DEADLINES = {Booking: "reply_by_at", Offer: "expires_at", Place: "name_by_at"}


def after(event: Event, school_id: int, days: int, at: datetime) -> datetime:
    """Return the deadline some school days after an instant, or the event's start if sooner."""
    calendar = school_queries.calendar(school_id)
    return replying.deadline(calendar, days, at, event.first_starts_at)


def put_off(
    event: Event,
    waiting: Booking | Offer | Place,
    later_at: datetime,
    *,
    due_at: datetime,
    because: str,
    now: datetime,
) -> None:
    """Move a deadline to a later time, and record why: a closed day, or mail that was late."""
    assert later_at > due_at, "a deadline only ever moves later by itself"
    setattr(waiting, _DEADLINES[type(waiting)], later_at)
    audit.record(
        actor=WORKER,
        action="put_off_deadline",
        subject=waiting,
        school_id=waiting.school_id,
        now=now,
        event_id=event.id,
        was_due_at=due_at.isoformat(),
        due_at=later_at.isoformat(),
        because=because,
    )
