"""What schools hosted and where they went: for the page that suggests whose turn it might be."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, exists, func, select

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.visits import HostingCounts, VisitState
from booking.foundation.db import db
from booking.network.meetings.models import Meeting
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools.models import School

_HELD = Event.state.in_(event_states.TAKES_PLACE)
_AGREED = VisitAsk.state == VisitState.AGREED


def hosting_counts(
    schools: Sequence[School], since: datetime, now: datetime
) -> list[HostingCounts]:
    """Return what each school hosted and received since then, in five statements.

    Events and visits are counted, never pupils: no number is small enough to tell who came.
    """
    event_over = Event.last_ends_at.between(since, now)
    visit_over = StaffVisit.ends_at.between(since, now)
    came = exists().where(VisitAsk.visit_id == StaffVisit.id, _AGREED)
    went = func.count(Booking.event_id.distinct())
    of_schools = {
        "events": select(Event.host_school_id, func.count())
        .where(_HELD, event_over)
        .group_by(Event.host_school_id),
        "meetings": select(Meeting.host_school_id, func.count())
        .where(Meeting.cancelled_at.is_(None), Meeting.ends_at.between(since, now))
        .group_by(Meeting.host_school_id),
        "visits": select(StaffVisit.school_id, func.count())
        .where(visit_over, came)
        .group_by(StaffVisit.school_id),
        "went_to": select(Booking.school_id, went)
        .join(Event, Event.id == Booking.event_id)
        .where(
            _HELD,
            event_over,
            Booking.state.in_((BookingState.CONFIRMED, BookingState.ATTENDED)),
            Event.host_school_id != Booking.school_id,
        )
        .group_by(Booking.school_id),
        "visited": select(VisitAsk.school_id, func.count())
        .join(VisitAsk.visit)
        .where(visit_over, _AGREED)
        .group_by(VisitAsk.school_id),
    }
    found = {name: _numbers(statement) for name, statement in of_schools.items()}
    return [
        HostingCounts(one.id, **{name: numbers.get(one.id, 0) for name, numbers in found.items()})
        for one in schools
    ]


def _numbers(statement: Select[*tuple[Any, ...]]) -> Mapping[int | None, int]:
    return {school_id: int(number) for school_id, number in db.session.execute(statement)}
