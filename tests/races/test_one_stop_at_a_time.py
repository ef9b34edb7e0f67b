"""Several times agreed at once for one kit: the leaders and the kit are at one stop at a time."""

from dataclasses import replace
from threading import Barrier

import pytest

from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.tours import queries as tour_queries
from booking.days.tours import service as tour_service
from booking.days.tours.models import Kit, KitMove, KitState, StopState, TourStop
from booking.days.tours.service import timing
from booking.domain.permissions import COMMAND
from booking.domain.touring import StopTime
from booking.foundation import clock
from booking.foundation.db import db
from tests.builders import schools, tours
from tests.builders.stored import count
from tests.races.together import errors, together, writing

CROWD = 4
ACCEPTED = TourStop.state == StopState.ACCEPTED


@pytest.fixture
def wanted(app, db_session):
    """Two tours with one kit, and wishes of four schools for the same morning."""
    upper = schools.make_school(low_year=9, high_year=13)
    kit = tours.make_kit(upper)
    both = [tours.make_tour(upper, title=title, kit_id=kit.id) for title in ("One", "Two")]
    stops = [tours.ask(both[n % 2], schools.make_school(), tours.at(40)) for n in range(CROWD)]
    ids = [stop.id for stop in stops]
    db_session.rollback()
    return ids


def accepting(stop_id):
    return writing(
        lambda: (
            tour_service.accept(
                actor=COMMAND,
                now=clock.now(),
                stop=db.session.get_one(TourStop, stop_id),
                starts_at=tours.at(40),
            ).id
        )
    )


def naive(stop_id, gate):
    """Look first and write later, as a program without our locks would."""

    def work():
        stop = db.session.get_one(TourStop, stop_id)
        around = StopTime(tours.at(40), tours.at(41), 30)
        assert tour_queries.taken_times(tour=stop.tour, around=around, but=None) == []
        db.session.rollback()
        gate.wait(30)
        return accepting(stop_id)()

    return work


def test_looking_before_the_lock_promises_the_kit_to_every_school(app, wanted, monkeypatch):
    monkeypatch.setattr(timing, "refuse_if_taken", lambda *_times, **_but: None)
    gate = Barrier(CROWD)

    assert errors(together(app, [naive(stop_id, gate) for stop_id in wanted])) == []
    assert count(TourStop, ACCEPTED) == CROWD
    assert len(list(tour_service.problems())) >= CROWD - 1


def test_of_many_times_accepted_at_once_for_one_kit_one_is_agreed(app, wanted):
    results = together(app, [accepting(stop_id) for stop_id in wanted])

    assert errors(results) == ["TimeTaken"] * (CROWD - 1)
    assert count(TourStop, ACCEPTED) == 1
    assert list(tour_service.problems()) == []


def test_stops_that_move_to_one_time_at_once_as_another_is_accepted_never_meet(app, db_session):
    tour = tours.make_tour(schools.make_school(low_year=9, high_year=13))
    days = (50, 53, 57)
    agreed = [tours.agree_stop(tour, schools.make_school(), tours.at(day)) for day in days]
    event_ids = [tours.publish(stop).event_id for stop in agreed]
    waiting = tours.ask(tour, schools.make_school(), tours.at(40)).id
    db_session.rollback()

    def moving(event_id):
        def unit():
            event = db.session.get_one(Event, event_id)
            (date,) = event.dates
            there = events.DateDetails(tours.at(40), tours.at(40) + (date.ends_at - date.starts_at))
            details = replace(events.details_of(event), dates=(there,))
            return events.change(actor=COMMAND, now=clock.now(), event=event, details=details)

        return writing(unit)

    results = together(app, [*map(moving, event_ids), accepting(waiting)])

    assert len(errors(results)) == len(results) - 1
    assert set(errors(results)) <= {"EventRefused", "TimeTaken"}
    assert list(tour_service.problems()) == []


def test_a_hand_over_that_many_record_at_once_is_recorded_once(app, db_session):
    upper = schools.make_school(low_year=9, high_year=13)
    kit_id = tours.make_kit(upper).id
    tour = tours.make_tour(upper, kit_id=kit_id)
    stop_id = tours.agree_stop(tour, schools.make_school()).id
    db_session.rollback()

    def pressing():
        return tour_service.hand_over(
            actor=COMMAND,
            now=clock.now(),
            kit=db.session.get_one(Kit, kit_id),
            state=KitState.LENT,
            stop=db.session.get_one(TourStop, stop_id),
        ).id

    results = together(app, [writing(pressing)] * CROWD)

    assert errors(results) == ["KitRefused"] * (CROWD - 1)
    assert count(KitMove) == 1
