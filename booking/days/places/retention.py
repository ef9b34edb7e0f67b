"""How long it is kept which pupil was at which event, and who is on a school's list."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select

from booking.days.places import queries, service
from booking.days.places.models import Booking
from booking.domain.keeping import families
from booking.foundation.chores import RetentionRule
from booking.foundation.db import db
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Pupil


def last_of_all() -> Sequence[RetentionRule]:
    """Return when bookings lose their names, and pupils go: after all that refers to them."""
    return (
        RetentionRule(
            "names of bookings", families.BOOKINGS, _named_too_long, service.forget_bookings
        ),
        RetentionRule("pupils", families.PUPILS, _listed_too_long, _remove),
    )


def _named_too_long(now: datetime) -> int:
    return _count(Booking, queries.named_too_long(now))


def _listed_too_long(now: datetime) -> int:
    return _count(Pupil, queries.listed_too_long(now))


def _count(model: Any, conditions: Sequence[Any]) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions)) or 0


def _remove(now: datetime, limit: int) -> int:
    booked = exists().where(Booking.pupil_id == Pupil.id)
    found = select(Pupil.id).where(*queries.listed_too_long(now), ~booked).limit(limit)
    return pupils.remove_for_good(db.session.scalars(found).all())
