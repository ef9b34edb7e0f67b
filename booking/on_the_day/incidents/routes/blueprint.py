"""The blueprint for incidents, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint

from booking.domain.permissions import Scope
from booking.foundation import clock
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import Incident
from booking.on_the_day.rosters import windows

incidents = Blueprint("incidents", __name__)


def load_incident(**url: Any) -> Incident | None:
    """Return an incident."""
    return queries.by_public_id(url["public_id"])


def looked_after(incident: Incident) -> Scope:
    """Return whose staff look after the pupils of the event."""
    return windows.scope_of(incident.event, clock.now())


def pupils_school(incident: Incident) -> Scope:
    """Return the school whose pupils it is about."""
    return Scope(incident.school_id)
