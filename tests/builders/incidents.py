"""Incidents at an event."""

from collections.abc import Sequence
from datetime import timedelta

from booking.days.events.models import EventDate
from booking.days.places.models import Booking
from booking.domain.incidents import IncidentKind
from booking.foundation.db import db, transaction
from booking.on_the_day.incidents import service as incidents
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import Incident
from booking.people.schools.models import Person
from tests.builders.rewritten import rewritten
from tests.builders.schools import actor_of


@rewritten
def write_incident(
    *,
    day: EventDate,
    by: Person,
    about: Sequence[Booking] = (),
    kind: IncidentKind = IncidentKind.FIRST_AID,
    what: str = "Grazed a knee",
    outcome: str = "",
) -> Incident:
    """Return an incident that somebody wrote down an hour after a date began."""
    at = day.starts_at + timedelta(hours=1)
    with transaction():
        made = incidents.write(
            actor=actor_of(by),
            now=at,
            event=db.session.merge(day).event,
            kind=kind,
            happened=IncidentFacts(at, what),
            booking_ids=[booking.id for booking in about],
        )
        if outcome:
            incidents.close(actor=actor_of(by), now=at, incident=made, outcome=outcome)
    return made
