"""How long incidents, calls and heads counted are kept."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from booking.days.events.models import EventDate
from booking.domain.terms import london
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import Call, HeadCount, Incident

CALLS_KEPT, COUNTS_KEPT = timedelta(days=14), timedelta(days=400)


def rules() -> Sequence[RetentionRule]:
    """Return when they are deleted; an incident that is open is kept, with what belongs to it."""
    return (
        deleting(
            "incidents",
            "once closed, for as long as the home school said: a year at least, and never beyond "
            "the age of 25",
            Incident,
            lambda now: [
                Incident.closed_at.is_not(None),
                Incident.keep_until < london(now).date(),
            ],
        ),
        deleting(
            "calls about pupils who had not come",
            "14 days after the date, unless an incident of the pupil is open",
            Call,
            lambda now: [
                Call.date_id.in_(select(EventDate.id).where(EventDate.ends_at <= now - CALLS_KEPT)),
                Call.booking_id.not_in(queries.held_bookings()),
            ],
        ),
        deleting(
            "heads counted in and out",
            "400 days after the date",
            HeadCount,
            lambda now: [
                HeadCount.date_id.in_(
                    select(EventDate.id).where(EventDate.ends_at <= now - COUNTS_KEPT)
                )
            ],
        ),
    )
