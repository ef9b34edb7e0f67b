"""One event on Friday 11 June 2027, a school whose pupils go there, and its coordinator."""

import pytest

from booking.domain.permissions import Role
from tests.builders.checkout import make_family
from tests.builders.events import make_event, one_date
from tests.builders.schools import make_person, make_school, sign_in
from tests.features.on_the_day.rosters.conftest import DAY, at


@pytest.fixture
def host(db_session):
    return make_school(name="Harrow Lane School")


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School", emergency_phone="07700 900999")


@pytest.fixture
def event(host):
    return make_event(title="Puzzle day", host=host, dates=[one_date(DAY)])


@pytest.fixture
def family(event, school):
    return make_family(event, school=school)


@pytest.fixture
def coordinator(school):
    return make_person(role=Role.COORDINATOR, school=school, name="Catherine Obi")


@pytest.fixture
def as_coordinator(client, coordinator, time_machine):
    """Return a way to sign in as the school's coordinator some days from the event."""

    def go(days=-20, hour=9):
        time_machine.move_to(at(days, hour), tick=False)
        sign_in(client, coordinator)
        return coordinator

    return go
