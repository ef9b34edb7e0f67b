"""Several schools are promised seats of one bus at once: never more than it has."""

from threading import Barrier

import pytest

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db
from booking.on_the_day.travel import queries as travel_queries
from booking.on_the_day.travel import service as travel_service
from booking.on_the_day.travel.models import SeatShare, SeatState
from booking.on_the_day.travel.service import seats
from tests.builders import events, places, schools, travel
from tests.builders.stored import count
from tests.races.together import errors, together, writing

CROWD, SEATS = 4, 3
CONFIRMED = SeatShare.state == SeatState.CONFIRMED


@pytest.fixture
def asked(app, db_session):
    """Four schools that each ask for two of a bus's three seats."""
    event, giver = events.make_event(), schools.make_school()
    takers = [schools.make_school() for _ in range(CROWD)]
    for school in (giver, *takers):
        places.hold(event, school)
    bus = travel.plan(event, giver, seats=SEATS)
    ids = [travel.ask(bus, school).id for school in takers]
    db_session.rollback()
    return ids


def confirming(share_id):
    return writing(
        lambda: (
            travel_service.confirm(
                actor=COMMAND, now=clock.now(), share=db.session.get_one(SeatShare, share_id)
            ).id
        )
    )


def naive(share_id, gate):
    """Look first and write later, as a program without our locks would."""

    def work():
        share = db.session.get_one(SeatShare, share_id)
        assert share.plan.seats - travel_queries.promised(share.plan_id) >= share.seats
        db.session.rollback()
        gate.wait(30)
        return confirming(share_id)()

    return work


def test_looking_before_the_lock_promises_a_seat_to_several_schools(app, asked, monkeypatch):
    monkeypatch.setattr(seats, "refuse_if_too_many", lambda _plan, _seats: None)
    gate = Barrier(CROWD)

    assert errors(together(app, [naive(share_id, gate) for share_id in asked])) == []
    assert count(SeatShare, CONFIRMED) == CROWD
    assert len(list(travel_service.problems())) == 1


def test_of_many_schools_confirmed_at_once_only_as_many_sit_as_there_are_seats(app, asked):
    results = together(app, [confirming(share_id) for share_id in asked])

    assert errors(results) == ["NotEnoughSeats"] * (CROWD - 1)
    assert count(SeatShare, CONFIRMED) == 1
    assert list(travel_service.problems()) == []


def test_a_wish_confirmed_and_given_back_at_once_is_one_of_both(app, asked):
    first = asked[0]

    def giving_back():
        return travel_service.withdraw(
            actor=COMMAND, now=clock.now(), share=db.session.get_one(SeatShare, first)
        ).id

    results = together(app, [confirming(first), writing(giving_back)])

    assert errors(results) in ([], ["SeatsDecided"])
    assert count(SeatShare, SeatShare.id == first, SeatShare.state == SeatState.WITHDRAWN) == 1
