"""What other features ask places for: who is expected, what was received, what is left."""

from datetime import timedelta

import pytest

from booking.days.places import queries
from booking.domain.booking_states import BookingState
from booking.foundation import clock
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def test_expected_are_the_confirmed_and_the_marked_by_school_then_name():
    event = events.make_event(places=6)
    ash, beech = schools.make_school(name="Ash School"), schools.make_school(name="Beech School")

    def book(school, surname, state):
        pupil = pupils.make_pupil(school=school, forename="Sam", surname=surname)
        build.make_booking(event=event, school=school, pupil=pupil, state=state)

    book(beech, "Able", BookingState.CONFIRMED)
    book(ash, "Young", BookingState.ATTENDED)
    book(ash, "Brown", BookingState.ABSENT)
    book(ash, "Carter", BookingState.INVITED)
    book(ash, "Dean", BookingState.WITHDRAWN)
    assert [(b.school.name, b.pupil.surname) for b in queries.expected(event.id)] == [
        ("Ash School", "Brown"),
        ("Ash School", "Young"),
        ("Beech School", "Able"),
    ]


def test_places_received_are_those_held_at_events_of_the_school_year():
    school, now = schools.make_school(), clock.now()
    this_year, cancelled, next_year = (
        events.make_event(places=4),
        events.make_event(places=4),
        events.make_event(places=4, dates=[events.one_date(now + timedelta(days=300))]),
    )
    for event in (this_year, cancelled, next_year):
        build.hold(event, school, 2)
    events.cancel_event(cancelled)
    assert queries.received_in_year(now) == {school.id: 2}
    assert queries.received_in_year(now + timedelta(days=300)) == {school.id: 2}
    assert queries.received_in_year(now, except_event_id=this_year.id) == {}


def test_a_place_that_is_offered_is_not_left_for_anybody_else():
    event = events.make_event(places=2)
    first, second = schools.make_school(), schools.make_school()
    build.allot(event, {first: 1})
    assert queries.places_left([event.id]) == {event.id: 1}
    build.ask(event, second, 1)
    assert queries.places_left([event.id]) == {event.id: 0}
    assert queries.places_left([]) == {}


def test_a_round_is_made_of_the_requests_with_what_each_turn_depends_on():
    event = events.make_event(places=2, guarantee=1, low_year=5, high_year=6)
    school = schools.make_school(roll=70)
    build.hold(events.make_event(), school, 3)
    build.ask(event, school, 4)
    [claim] = queries.round_of(event).claims
    assert (claim.school, claim.wanted, claim.weight, claim.at_least, claim.received) == (
        school.slug,
        4,
        20,
        1,
        3,
    )
    build.allot(event, {school: 2})
    build.hold(events.make_event(), school, 3)
    assert queries.round_of(event).claims == (claim,)
