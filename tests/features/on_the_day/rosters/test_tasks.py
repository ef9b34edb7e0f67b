"""Tasks for the host: the roster a week before, the register on the day."""

import pytest

from booking.domain.permissions import Role
from tests.builders.events import cancel_event
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import DAY
from tests.page import soup, words

ROSTER, REGISTER = "Download the roster for Puzzle day", "Take the register for Puzzle day"


@pytest.fixture
def booking(event, school):
    return expect_pupil(event=event, school=school)


def home(client):
    return words(soup(client.get("/host/")).find("main"))


@pytest.mark.parametrize(
    ("days", "roster", "register"),
    [
        (-8, False, False),
        (-6, True, False),
        (-1, True, False),
        (0, False, True),
        (7, False, True),
        (8, False, False),
    ],
)
def test_tasks_come_and_go_with_the_day(client, as_host, booking, days, roster, register):
    as_host(days=days, hour=12)

    shown = home(client)

    assert (ROSTER in shown, REGISTER in shown) == (roster, register)


def test_a_register_that_is_complete_is_no_task(client, as_host, event, booking):
    as_host()
    assert "1 pupil not marked yet." in home(client)

    client.post(f"/host/events/{event.slug}/register/rest", data={})

    assert REGISTER not in home(client)


def test_an_event_that_expects_nobody_is_no_task(client, as_host, event):
    as_host(days=-2)

    assert ROSTER not in home(client)


def test_a_cancelled_event_is_no_task(client, as_host, event, booking):
    as_host(days=-2)
    assert ROSTER in home(client)
    cancel_event(event)

    assert ROSTER not in home(client)


def test_day_staff_have_the_register_of_their_event_as_a_task(client, event, booking, time_machine):
    time_machine.move_to(DAY)
    sign_in(client, make_person(role=Role.DAY_STAFF, event_id=event.id))

    assert REGISTER in home(client)


def test_another_host_has_neither(client, booking, school, time_machine):
    time_machine.move_to(DAY)
    sign_in(client, make_person(role=Role.HOST, school=school))

    assert REGISTER not in home(client)
