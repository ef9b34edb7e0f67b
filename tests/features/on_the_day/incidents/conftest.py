"""A pupil at the event, its host's staff, and the pupil's own school, each in a browser."""

import pytest

from booking.domain.permissions import Role
from tests.builders.rosters import expect_pupil
from tests.builders.schools import as_, make_person, make_school
from tests.features.on_the_day.conftest import at


@pytest.fixture
def pupil(event, school):
    return expect_pupil(event=event, school=school, forename="Amara", surname="Okoro")


@pytest.fixture
def stranger(event):
    """A pupil of another school."""
    return expect_pupil(event=event, school=make_school(), forename="Zac", surname="Field")


@pytest.fixture
def teacher(host):
    return make_person(role=Role.HOST, school=host, name="Hanna Lane")


@pytest.fixture
def coordinator(school):
    return make_person(role=Role.COORDINATOR, school=school, name="Catherine Obi")


@pytest.fixture
def on_the_day(time_machine, pupil, stranger, teacher, coordinator):
    """It is 11 o'clock on the day."""
    time_machine.move_to(at(0, 11), tick=False)


@pytest.fixture
def as_teacher(app, on_the_day, teacher):
    return as_(app, teacher)


@pytest.fixture
def as_coordinator(app, on_the_day, coordinator):
    return as_(app, coordinator)
