"""How long incidents, calls and heads counted are kept."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, or_, select

from booking.days.events.models import EventDate
from booking.days.places import queries as place_queries
from booking.domain.keeping import families, others
from booking.domain.terms import london
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import Call, HeadCount, Incident


def rules() -> Sequence[RetentionRule]:
    """Return when they are deleted; an incident that is open is kept, with what belongs to it."""
    return (
        deleting(
            "incidents",
            families.INCIDENTS,
            Incident,
            lambda now: [
                Incident.closed_at.is_not(None),
                Incident.keep_until < london(now).date(),
            ],
        ),
        deleting(
            "calls about pupils who had not come",
            families.CALLS,
            Call,
            lambda now: [
                or_(
                    Call.date_id.in_(_dates_over(families.CALLS.over(now))),
                    Call.booking_id.in_(place_queries.without_names()),
                ),
                Call.booking_id.not_in(queries.held_bookings()),
            ],
        ),
        deleting(
            "heads counted in and out",
            others.HEADS,
            HeadCount,
            lambda now: [HeadCount.date_id.in_(_dates_over(others.HEADS.over(now)))],
        ),
    )


def _dates_over(by: datetime) -> Select[int]:
    return select(EventDate.id).where(EventDate.ends_at <= by)
