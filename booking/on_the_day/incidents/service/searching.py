"""Looking for a pupil who cannot be found on the site: the search begins once, steps are ticked."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import locks as place_locks
from booking.domain.incidents import IncidentKind, MissingStep
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.on_the_day.incidents import locks, queries
from booking.on_the_day.incidents.details import IncidentFacts
from booking.on_the_day.incidents.models import Incident, StepTaken
from booking.on_the_day.incidents.refusals import AlreadyMissing, IncidentClosed, NoPupilChosen
from booking.on_the_day.incidents.service.writing import record, write


def start_search(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    booking_ids: Sequence[int],
    happened: IncidentFacts,
) -> Incident:
    """Begin the search for pupils of one school; it is an incident, and their school is told.

    Raises AlreadyMissing, NoPupilChosen, and what `write` raises.
    """
    if not booking_ids:
        raise NoPupilChosen
    place_locks.bookings(sorted(set(booking_ids)))
    if known := queries.open_search(booking_ids):
        raise AlreadyMissing(known.public_id)
    return write(
        actor=actor,
        now=now,
        event=event,
        kind=IncidentKind.MISSING,
        happened=happened,
        booking_ids=booking_ids,
    )


def take_step(*, actor: Actor, now: datetime, incident: Incident, step: MissingStep) -> None:
    """Record who took a step, and when; the first time stands. Raises IncidentClosed."""
    assert actor.person_id is not None, "only people search"
    incident = locks.incident(incident.id)
    if incident.closed_at is not None:
        raise IncidentClosed
    if any(taken.step is step for taken in queries.steps(incident.id)):
        return
    taken = {"taken_at": now, "taken_by_id": actor.person_id}
    db.session.add(StepTaken(incident_id=incident.id, step=step, **taken))
    record(actor, now, incident, action="take_step", step=step.value)


def undo_step(*, actor: Actor, now: datetime, incident: Incident, step: MissingStep) -> None:
    """Take back a step that was ticked by mistake; the trail keeps both."""
    incident = locks.incident(incident.id)
    if incident.closed_at is not None:
        raise IncidentClosed
    for taken in queries.steps(incident.id):
        if taken.step is step:
            db.session.delete(taken)
            record(actor, now, incident, action="undo_step", step=step.value)
