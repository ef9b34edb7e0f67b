"""A day with two pupils, and ways to sign in after it."""

import pytest

from booking.domain.permissions import Role
from tests.builders.rosters import expect_pupil
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import at


@pytest.fixture
def hostess(host):
    return make_person(role=Role.HOST, school=host, name="Harriet Hale")


@pytest.fixture
def bookings(event, school):
    return [expect_pupil(event=event, school=school) for _ in range(2)]


@pytest.fixture
def as_host(client, hostess, time_machine):
    """Return a way to sign in as the host's teacher some days from the event."""

    def go(days=0, hour=16):
        time_machine.move_to(at(days, hour), tick=False)
        sign_in(client, hostess)
        return hostess

    return go
