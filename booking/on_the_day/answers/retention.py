"""How long it is kept who read what families answered."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, not_

from booking.days.places import ports as place_ports
from booking.days.places import queries as place_queries
from booking.domain.keeping import families
from booking.foundation.chores import RetentionRule, deleting
from booking.on_the_day.answers.models import ContactOpening, LateChange


def rules() -> Sequence[RetentionRule]:
    """Return when it is forgotten; the audit trail keeps that it was opened, without a reason."""
    return (
        deleting(
            "late changes",
            families.LATE_CHANGES,
            LateChange,
            lambda now: [LateChange.booking_id.in_(_ended(families.LATE_CHANGES.over(now)))],
        ),
        deleting(
            "whom to ring, opened",
            families.LATE_CHANGES,
            ContactOpening,
            lambda now: [ContactOpening.booking_id.in_(_ended(families.LATE_CHANGES.over(now)))],
        ),
    )


def _ended(by: datetime) -> Select[int]:
    """Select the bookings past their time, and of which nothing is held."""
    return place_queries.ended(by).where(not_(place_ports.held()))
