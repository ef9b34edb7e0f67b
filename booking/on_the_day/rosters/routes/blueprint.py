"""The blueprint for the day, and how its addresses find what they name."""

from typing import Any

from flask import Blueprint, abort, request

from booking.days.events import queries as event_queries
from booking.days.events.models import Event, EventDate, EventState
from booking.domain.permissions import Scope
from booking.foundation import clock
from booking.foundation.web import paging
from booking.on_the_day.rosters import queries, windows
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.schools import acting

rosters = Blueprint("rosters", __name__)


def load_event(**url: Any) -> Event | None:
    """Return a published event, because a draft expects nobody."""
    event = event_queries.by_slug(url["slug"])
    return event if event is not None and event.state is not EventState.DRAFT else None


def hosted(event: Event) -> Scope:
    """Return what an event belongs to: its host and, around the day, its day staff."""
    return windows.scope_of(event, clock.now())


def own_school(_event: Event) -> Scope:
    """Return the school the coordinator acts for; each school sees its own part of an event."""
    return Scope(acting.school().id)


def load_adult(**url: Any) -> AccompanyingAdult | None:
    """Return an accompanying adult."""
    return queries.adult_by_public_id(url["public_id"])


def adults_school(adult: AccompanyingAdult) -> Scope:
    """Return the school that an adult belongs to."""
    return Scope(adult.school_id)


def asked_date(event: Event) -> EventDate:
    """Return the date given in the address or the form, or else today's or the nearest."""
    number = request.values.get("date", type=paging.whole)
    if number is None:
        return windows.register_date(event.dates, clock.now())
    found = next((day for day in event.dates if day.number == number), None)
    return found if found is not None else abort(404)
