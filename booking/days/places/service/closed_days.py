"""Deadlines that fell on a day when the school turned out to be closed are put off.

A training day or snow may be entered after a deadline was set, and a host may set a naming date in
a holiday. Nothing lapses then: people have until the same time on the next school day, but never
beyond the start of the event.
"""

from datetime import datetime

from booking.days.events.models import Event
from booking.days.places.models import Booking, Offer, Place
from booking.days.places.service import deadlines
from booking.domain import replying
from booking.people.schools import queries as school_queries


def put_off(
    event: Event, waiting: Booking | Offer | Place, *, due_at: datetime | None, now: datetime
) -> bool:
    """Move a deadline that passed on a day without school to a new time, if that is still to come.

    Returns whether it did; otherwise the deadline stands. The caller holds the event's lock.
    """
    assert waiting.school_id is not None, "somebody has to answer"
    assert due_at is not None, "only a deadline can have passed"
    calendar = school_queries.calendar(waiting.school_id)
    later_at = replying.after_closed_day(calendar, due_at, event.first_starts_at)
    if later_at is None or later_at <= now:
        return False
    deadlines.put_off(event, waiting, later_at, due_at=due_at, because="closed", now=now)
    return True
