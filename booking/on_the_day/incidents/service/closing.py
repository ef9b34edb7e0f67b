"""Closing an incident with its outcome, opening it again, how long it is kept, who read it."""

from datetime import datetime

from booking.domain import incidents
from booking.domain.incidents import KeptFor
from booking.domain.permissions import Actor
from booking.domain.terms import london
from booking.on_the_day.incidents import locks, mail
from booking.on_the_day.incidents.models import Incident
from booking.on_the_day.incidents.refusals import IncidentClosed, NothingWritten
from booking.on_the_day.incidents.service.writing import is_own_school, record

_CLOSED = "What was written down about pupils of your school was closed"
_OPEN_AGAIN = "What was written down about pupils of your school was opened again"


def close(*, actor: Actor, now: datetime, incident: Incident, outcome: str) -> Incident:
    """Close an incident with what came of it. Raises NothingWritten, IncidentClosed."""
    if not outcome.strip():
        raise NothingWritten("Write how it ended.")
    incident = locks.incident(incident.id)
    if incident.closed_at is not None:
        raise IncidentClosed
    incident.outcome = outcome.strip()
    incident.closed_at, incident.closed_by_id = now, actor.person_id
    record(actor, now, incident, action="close_incident")
    _tell(actor, incident, now, _CLOSED, "closed")
    return incident


def reopen(*, actor: Actor, now: datetime, incident: Incident) -> Incident:
    """Open a closed incident again; what was said of its end stays until it is closed anew."""
    incident = locks.incident(incident.id)
    if incident.closed_at is not None:
        incident.closed_at = incident.closed_by_id = None
        record(actor, now, incident, action="reopen_incident")
        _tell(actor, incident, now, _OPEN_AGAIN, "opened")
    return incident


def keep_for(*, actor: Actor, now: datetime, incident: Incident, kept: KeptFor) -> Incident:
    """Set how long the record is kept once it is closed."""
    incident = locks.incident(incident.id)
    youngest = min((one.booking.pupil.year_group for one in incident.pupils), default=None)
    incident.kept_for = kept
    incident.keep_until = incidents.kept_until(kept, london(incident.happened_at).date(), youngest)
    record(actor, now, incident, action="keep_incident", kept=kept.value)
    return incident


def note_read(*, actor: Actor, now: datetime, incident: Incident) -> None:
    """Record that somebody read what was written; the school's first reading ends its task."""
    incident = locks.incident(incident.id)
    if is_own_school(actor, incident) and incident.opened_at is None:
        incident.opened_at, incident.opened_by_id = now, actor.person_id
    record(actor, now, incident, action="read_incident")


def _tell(actor: Actor, incident: Incident, now: datetime, news: str, key: str) -> None:
    if not is_own_school(actor, incident):
        at = f"{key}:{now.timestamp():.0f}"
        mail.tell_school(incident, incident.event, now=now, news=news, key=at)
