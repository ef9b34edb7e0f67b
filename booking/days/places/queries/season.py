"""A season: what each school asked for and received at the events of one school year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from booking.days.events.models import Event
from booking.days.places.models import Place, PlaceRequest
from booking.days.places.queries import counts
from booking.foundation.db import db


@dataclass(frozen=True)
class SharedEvent:
    """An event of the year where schools hold places, in numbers."""

    event: Event
    #: By school: places held (named or not), and places asked for.
    received: dict[int, int]
    asked: dict[int, int]


def shared_in_year(at: datetime) -> list[SharedEvent]:
    """Return the events of the school year of `at` whose places went out, by date.

    It takes three queries, however many events and schools there are.
    """
    in_year = counts.counted_in_year(at)
    received = _by_event(
        select(Place.event_id, Place.school_id, func.count())
        .join(Event, Event.id == Place.event_id)
        .where(Place.school_id.is_not(None), *in_year)
        .group_by(Place.event_id, Place.school_id)
    )
    asked = _by_event(
        select(PlaceRequest.event_id, PlaceRequest.school_id, PlaceRequest.wanted)
        .join(Event, Event.id == PlaceRequest.event_id)
        .where(*in_year)
    )
    events = db.session.scalars(
        select(Event).where(*in_year).order_by(Event.first_starts_at, Event.id)
    )
    return [
        SharedEvent(event, received[event.id], asked.get(event.id, {}))
        for event in events
        if event.id in received
    ]


def _by_event(statement: Select[*tuple[Any, ...]]) -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for event_id, school_id, count in db.session.execute(statement):
        found[event_id][school_id] = int(count)
    return found
