"""Who an event concerns: schools involved now hear of changes, all ever involved of its end."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from booking.days.events import service as event_service
from booking.days.places import queries as place_queries
from booking.days.places import service as places
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from tests.builders import events, pupils, schools
from tests.builders import places as build

pytestmark = pytest.mark.usefixtures("db_session")


def waits(event, school):
    """Ask for places of an event that are not shared yet."""
    build.ask(event, school, 2)


def holds(event, school):
    """Hold a place without having asked, as by a quota."""
    build.hold(event, school)


def is_offered_one(event, school):
    """Wait in the line when another school gives a place back."""
    other = schools.make_school()
    build.allot(event, {other: event.places, school: 0})
    build.ask(event, school, 1)
    with transaction():
        places.give_back_places(actor=COMMAND, now=clock.now(), event=event, school=other, count=1)
    assert build.open_offer(school, event)


def has_named(event, school):
    build.make_booking(event=event, school=school, state=BookingState.CONFIRMED)


def keeps_a_reserve(event, school):
    build.reserve(event, school)


def gave_its_places_back(event, school):
    build.allot(event, {school: 2})
    with transaction():
        places.give_back_places(actor=COMMAND, now=clock.now(), event=event, school=school, count=2)


def waits_no_more(event, school):
    """Wait in the line after the sharing, and withdraw the request."""
    build.ask(event, school, 3)
    build.allot(event, {school: 0})
    with transaction():
        places.withdraw_request(actor=COMMAND, now=clock.now(), event=event, school=school)


def named_somebody_who_cannot_come(event, school):
    build.make_booking(event=event, school=school, state=BookingState.DECLINED)


def has_no_part(event, school):
    """Have the year groups, and do nothing."""


HAVE_A_PART = [waits, holds, is_offered_one, has_named, keeps_a_reserve]
HAD_A_PART = [gave_its_places_back, waits_no_more, named_somebody_who_cannot_come]
NEVER_HAD_ONE = [has_no_part]


@pytest.fixture
def event():
    return events.make_event()


@pytest.fixture
def school():
    made = schools.make_school()
    schools.make_person(role=Role.COORDINATOR, school=made, email="c@one.example")
    return made


def told(template):
    return list(db.session.scalars(select(Message.recipient).where(Message.template == template)))


def change(event):
    details = replace(event_service.details_of(event), venue="Sports hall")
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


@pytest.mark.parametrize("part", [*HAVE_A_PART, *HAD_A_PART, *NEVER_HAD_ONE])
def test_a_change_is_told_to_schools_that_have_a_part_in_the_event(event, school, part):
    part(event, school)
    change(event)

    assert (school.id in place_queries.schools_concerned(event.id)) == (part in HAVE_A_PART)
    assert ("c@one.example" in told("event_changed")) == (part in HAVE_A_PART)


@pytest.mark.parametrize("part", [*HAVE_A_PART, *HAD_A_PART, *NEVER_HAD_ONE])
def test_a_cancellation_is_told_to_schools_that_ever_had_a_part(event, school, part):
    part(event, school)
    events.cancel_event(event)

    had_one = part not in NEVER_HAD_ONE
    assert (school.id in place_queries.schools_ever_concerned(event.id)) == had_one
    assert ("c@one.example" in told("event_cancelled")) == had_one


def test_families_that_came_to_the_first_date_of_a_series_hear_that_the_others_are_off(
    event, school
):
    pupil = pupils.make_pupil(school=school, parent_email="sam@parents.example")
    booking = build.make_booking(
        event=event, school=school, pupil=pupil, state=BookingState.ATTENDED
    )

    events.cancel_event(event)

    assert "sam@parents.example" in told("event_cancelled")
    assert booking.state is BookingState.ATTENDED
