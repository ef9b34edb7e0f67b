"""Incidents at an event."""

from datetime import date
from typing import Any

from booking.days.events.models import EventDate
from booking.days.places.models import Booking
from booking.domain.incidents import IncidentKind
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.on_the_day.incidents.models import Incident, IncidentPupil
from booking.people.schools.models import Person


def write_incident(
    *,
    day: EventDate,
    by: Person,
    about: Booking | None = None,
    kind: IncidentKind = IncidentKind.FIRST_AID,
    what: str = "Grazed a knee",
    **more: Any,
) -> Incident:
    """Return an open incident of a date."""
    with transaction():
        made = Incident(
            event_id=day.event_id,
            date_id=day.id,
            kind=kind,
            school_id=about.school_id if about else None,
            happened_at=clock.now(),
            what=what,
            written_by_id=by.id,
            keep_until=date(2028, 8, 31),
            **more,
        )
        db.session.add(made)
        db.session.flush()
        if about:
            db.session.add(IncidentPupil(incident_id=made.id, booking_id=about.id))
    return made
