"""How schools travel in tests: plans with seats, and seats that were asked for."""

from typing import Any

from booking.days.events.models import Event
from booking.domain.permissions import COMMAND
from booking.domain.travelling import TravelMode, TravelTimes
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.on_the_day.travel import service as travel
from booking.on_the_day.travel.details import NotesDetails, WayDetails
from booking.on_the_day.travel.models import SeatShare, TravelPlan, VisitNotes
from booking.people.schools.models import School
from tests.builders.rewritten import rewritten


@rewritten
def plan(
    event: Event,
    school: School,
    *,
    mode: TravelMode = TravelMode.MINIBUS,
    times: TravelTimes | None = None,
    seats: int = 0,
    **more: Any,
) -> TravelPlan:
    """Say how a school that comes travels."""
    details = WayDetails(mode=mode, times=times or TravelTimes(), seats=seats, **more)
    with transaction():
        return travel.save_plan(
            actor=COMMAND, now=clock.now(), event=event, school=school, details=details
        )


@rewritten
def ask(bus: TravelPlan, school: School, seats: int = 2) -> SeatShare:
    """Ask for seats in a bus."""
    with transaction():
        return travel.ask(
            actor=COMMAND,
            now=clock.now(),
            plan=db.session.merge(bus),
            school=school,
            seats=seats,
        )


@rewritten
def confirm(share: SeatShare) -> SeatShare:
    """Promise the seats."""
    with transaction():
        return travel.confirm(actor=COMMAND, now=clock.now(), share=share)


@rewritten
def note(event: Event, **texts: str) -> VisitNotes:
    """Tell schools what they need for their visit."""
    with transaction():
        return travel.save_notes(
            actor=COMMAND, now=clock.now(), event=event, details=NotesDetails(**texts)
        )
