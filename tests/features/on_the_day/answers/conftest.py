"""A family of the school that goes to the event, and the school's coordinator."""

import pytest

from booking.domain.permissions import Role
from tests.builders.checkout import make_family
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import at


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
