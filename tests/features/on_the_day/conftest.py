"""One event on Friday 11 June 2027, its host, and a school whose pupils go there."""

from datetime import datetime, time, timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation.clock import LONDON
from tests.builders.events import make_event, one_date
from tests.builders.schools import make_person, make_school, sign_in

DAY = datetime(2027, 6, 11, 9, 15, tzinfo=LONDON)


def at(days, hour=9):
    """Return an instant some days from the event's date."""
    return datetime.combine((DAY + timedelta(days=days)).date(), time(hour), tzinfo=LONDON)


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
def as_host(client, host, time_machine):
    """Return a way to sign in as the host's teacher some days from the event."""
    person = make_person(role=Role.HOST, school=host)

    def go(days=0, hour=9):
        time_machine.move_to(at(days, hour), tick=False)
        sign_in(client, person)
        return person

    return go
