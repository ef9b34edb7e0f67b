"""Reads that lock. What is about a date locks its event; an incident comes after bookings."""

from booking.foundation.db import db
from booking.on_the_day.incidents.models import Incident


def incident(incident_id: int) -> Incident:
    """Return an incident as it is now, locked."""
    found = db.session.get(Incident, incident_id, with_for_update=True, populate_existing=True)
    assert found is not None, "an incident is deleted only long after it was closed"
    return found
