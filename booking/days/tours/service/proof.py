"""Whether stops and events agree, and nobody is promised to two schools at once."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.days.events import states as event_states
from booking.days.tours.models import StopState, TourStop
from booking.foundation import clock
from booking.foundation.db import db


def problems() -> Iterable[str]:
    """Yield what is wrong with the stops of tours, in words."""
    statement = (
        select(TourStop)
        .where(TourStop.state == StopState.ACCEPTED)
        .options(joinedload(TourStop.tour), joinedload(TourStop.event))
        .order_by(TourStop.starts_at)
    )
    together = defaultdict(list)
    for stop in db.session.scalars(statement):
        yield from _of_event(stop)
        together["tour", stop.tour_id].append(stop)
        if stop.tour.kit_id is not None and stop.ends_at and stop.ends_at > clock.now():
            # A past stop may have had another kit.
            together["kit", stop.tour.kit_id].append(stop)
    for stops in together.values():
        for one, then in pairwise(stops):
            if one.ends_at is None or then.starts_at is None or one.ends_at > then.starts_at:
                yield f"stops {one.id} and {then.id} of tours are at the same time"


def _of_event(stop: TourStop) -> Iterable[str]:
    event = stop.event
    if event is None or event.state not in event_states.PUBLIC:
        return
    if event.host_school_id != stop.school_id:
        yield f"event {event.id} is a stop at another school than its host"
    if (event.first_starts_at, event.last_ends_at) != (stop.starts_at, stop.ends_at):
        yield f"event {event.id} is not when its stop {stop.id} is"
