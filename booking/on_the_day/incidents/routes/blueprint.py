"""The blueprint for incidents, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint, abort, request

from booking.days.events.models import Event, EventDate
from booking.domain.permissions import Scope
from booking.foundation import clock
from booking.foundation.web import paging
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


def asked_date(event: Event) -> EventDate:
    """Return the date given in the address or the form, or else today's or the nearest."""
    number = request.values.get("date", type=paging.whole)
    if number is None:
        return windows.register_date(event.dates, clock.now())
    found = next((day for day in event.dates if day.number == number), None)
    return found if found is not None else abort(404)
