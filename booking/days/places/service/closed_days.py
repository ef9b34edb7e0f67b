"""Deadlines that fell on a day when the school turned out to be closed are put off.

A training day or snow may be entered after a deadline was set, and a host may set a naming date in
a holiday. Nothing lapses then: people have until the same time on the next school day, but never
beyond the start of the event.
"""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places.models import Booking, Offer, Place
from booking.domain import terms
from booking.domain.permissions import WORKER
from booking.foundation.audit import service as audit
from booking.people.schools import queries as school_queries

#: Deadlines for a parent to answer, and for a school to accept a place or name a pupil for one.
_DEADLINES = {Booking: "reply_by_at", Offer: "expires_at", Place: "name_by_at"}


def put_off(
    event: Event, waiting: Booking | Offer | Place, *, due_at: datetime | None, now: datetime
) -> bool:
    """Move a deadline that passed on a day without school to a new time, if that is still to come.

    Returns whether it did; otherwise the deadline stands. The caller holds the event's lock.
    """
    assert waiting.school_id is not None, "somebody has to answer"
    assert due_at is not None, "only a deadline can have passed"
    later_at = _next_school_day(event, waiting.school_id, due_at)
    if later_at is None or later_at <= now:
        return False
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
    )
    return True


def _next_school_day(event: Event, school_id: int, due_at: datetime) -> datetime | None:
    """Return when a deadline is due instead; None if there was school on its day."""
    calendar, local = school_queries.calendar(school_id), terms.london(due_at)
    if terms.is_school_day(calendar, local.date()):
        return None
    later_at = terms.add_school_days(calendar, due_at, 1, at=local.time())
    return min(later_at, event.first_starts_at or later_at)
