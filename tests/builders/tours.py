"""Tours for tests: planned, opened, asked for and agreed as people do it."""

from datetime import datetime, time, timedelta
from typing import Any

from booking.days.tours import service as tours
from booking.days.tours.details import KitDetails, StopWish, TourDetails
from booking.days.tours.models import Kit, Tour, TourLeader, TourStop
from booking.domain.permissions import COMMAND
from booking.domain.terms import london
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests.builders import events, schools
from tests.builders.rewritten import rewritten

TEN = time(10)


def at(days: int, when: time = TEN) -> datetime:
    """Return a time on the first weekday at least so many days on: 10am."""
    return events.on_weekday(clock.now(), days=days, at=when)


def details(leading: School, **changes: Any) -> TourDetails:
    """Return a tour of two hours for Years 5 and 6 that travels for 200 days, from 100 days ago."""
    today = clock.today()
    facts: dict[str, Any] = {
        "title": "World War II in a Box",
        "leading_school_id": leading.id,
        "first_on": today - timedelta(days=100),
        "last_on": today + timedelta(days=100),
        "teacher": "Ms Young",
        "theme": "History",
        "concept": "Open the box: what would you have packed?",
        **changes,
    }
    return TourDetails(**facts)


@rewritten
def make_kit(school: School, name: str = "The box") -> Kit:
    """Add a kit of a school."""
    with transaction():
        return tours.add_kit(
            actor=COMMAND, now=clock.now(), details=KitDetails(name=name, school_id=school.id)
        )


@rewritten
def make_tour(leading: School | None = None, *, opened: bool = True, **changes: Any) -> Tour:
    """Return a tour that schools can ask for."""
    school = leading or schools.make_school(name="Aldermere Upper", low_year=9, high_year=13)
    with transaction():
        tour = tours.begin(actor=COMMAND, now=clock.now(), details=details(school, **changes))
        db.session.flush()
        if opened:
            tours.open_for_schools(actor=COMMAND, now=clock.now(), tour=tour)
        return tour


def wish(school: School, *times: datetime, **changes: Any) -> StopWish:
    """Return what a school says: 12 of its pupils in the hall."""
    facts: dict[str, Any] = {
        "school_id": school.id,
        "times": times or (at(40),),
        "room": "Main hall",
        "pupils": 12,
        "low_year": 5,
        "high_year": 6,
        **changes,
    }
    return StopWish(**facts)


@rewritten
def ask(tour: Tour, school: School, *times: datetime, **changes: Any) -> TourStop:
    """Ask for a stop."""
    with transaction():
        return tours.ask(
            actor=COMMAND, now=clock.now(), tour=tour, wish=wish(school, *times, **changes)
        )


@rewritten
def agree_stop(tour: Tour, school: School, starts_at: datetime | None = None) -> TourStop:
    """Ask for a stop, and accept it."""
    starts_at = starts_at or at(40)
    stop = ask(tour, school, starts_at)
    with transaction():
        return tours.accept(
            actor=COMMAND,
            now=clock.now(),
            stop=db.session.get_one(TourStop, stop.id),
            starts_at=starts_at,
        )


@rewritten
def publish(stop: TourStop) -> TourStop:
    """Publish a stop's event, as a host of its school would."""
    from booking.days.events import service as event_service

    with transaction():
        found = db.session.get_one(TourStop, stop.id)
        assert found.event is not None, "the stop is agreed"
        event_service.publish(actor=COMMAND, now=clock.now(), event=found.event)
        return found


@rewritten
def lead(tour: Tour, *, pupil: Pupil | None = None, name: str = "") -> TourLeader:
    """Add a leader to whom the school has agreed."""
    with transaction():
        [leader] = tours.add_leaders(
            actor=COMMAND,
            now=clock.now(),
            tour=tour,
            pupils=[pupil] if pupil else [],
            written=[name] if name else [],
        )
        tours.agree(actor=COMMAND, now=clock.now(), tour=tour, public_ids=[leader.public_id])
        return leader


@rewritten
def set_leaders(stop: TourStop, *leaders: TourLeader) -> None:
    """Say who leads a stop."""
    with transaction():
        tours.set_leaders(
            actor=COMMAND,
            now=clock.now(),
            stop=db.session.get_one(TourStop, stop.id),
            public_ids=[leader.public_id for leader in leaders],
        )


def day_of(stop: TourStop) -> datetime:
    """Return the morning of a stop."""
    assert stop.starts_at is not None, "the stop is agreed"
    return datetime.combine(london(stop.starts_at).date(), time(8), tzinfo=LONDON)
