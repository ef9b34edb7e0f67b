"""Which bookings are past their time: of events that are over, or of pupils who were forgotten."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, exists, not_, or_, select

from booking.days.events.models import Event
from booking.days.places import ports
from booking.days.places.models import Booking
from booking.domain.keeping import families
from booking.foundation import chores, holdings
from booking.people.pupils.models import Pupil


def ended(by: datetime) -> Select[int]:
    """Select the bookings of events that had ended by then, or whose pupil has no name any more."""
    return (
        select(Booking.id)
        .join(Event, Event.id == Booking.event_id)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .where(or_(Event.last_ends_at <= by, Pupil.forgotten_at.is_not(None)))
    )


def without_names() -> Select[int]:
    """Select the bookings whose pupil has no name any more."""
    nobody = select(Pupil.id).where(Pupil.forgotten_at.is_not(None))
    return select(Booking.id).where(Booking.pupil_id.in_(nobody))


def named_too_long(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for bookings whose names have to go."""
    over = select(Event.id).where(Event.last_ends_at <= families.BOOKINGS.over(now))
    named = select(Pupil.id).where(Pupil.forgotten_at.is_(None))
    free = (not_(ports.named_longer()), ~holdings.restricted(Booking, for_claim=True))
    return [Booking.event_id.in_(over), Booking.pupil_id.in_(named), *free]


def listed_too_long(now: datetime) -> list[ColumnElement[bool]]:
    """Return the conditions for pupils who were not put forward for too long."""
    over = families.PUPILS.over(now)
    still = (
        exists()
        .where(Booking.pupil_id == Pupil.id, Event.id == Booking.event_id)
        .where(or_(Event.last_ends_at.is_(None), Event.last_ends_at > over, ports.named_longer()))
    )
    return [
        Pupil.forgotten_at.is_(None),
        Pupil.added_at <= over,
        ~still,
        ~holdings.restricted(Pupil, for_claim=True),
        *chores.unreferenced(Pupil, but={"bookings", "pupil_parents", "moved_pupils"}),
    ]
