"""Which pupils' answers are kept because an incident about them is open."""

from sqlalchemy import ColumnElement, Select, select

from booking.days.places.models import Booking
from booking.on_the_day.incidents.models import Incident, IncidentPupil


def held_bookings() -> Select[int]:
    """Select the bookings of pupils whom an open incident is about."""
    return (
        select(IncidentPupil.booking_id)
        .join(Incident, Incident.id == IncidentPupil.incident_id)
        .where(Incident.closed_at.is_(None))
    )


def held() -> ColumnElement[bool]:
    """Return the condition that an open incident is about a booking's pupil."""
    return Booking.id.in_(held_bookings())


def named_longer() -> ColumnElement[bool]:
    """Return the condition that the record of an incident is about a booking's pupil."""
    return Booking.id.in_(select(IncidentPupil.booking_id))
