"""An event two months on, its host's teacher, and a family of a school that goes there."""

import pytest

from booking.domain.permissions import Role
from tests.builders.checkout import make_family
from tests.builders.events import make_event
from tests.builders.schools import make_person, make_school, sign_in


@pytest.fixture
def host(db_session):
    return make_school(name="Harrow Lane School")


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def event(host):
    return make_event(title="Puzzle day", host=host)


@pytest.fixture
def family(event, school):
    return make_family(event, school=school)


@pytest.fixture
def as_host(client, host):
    """Give the browser of the teacher who hosts."""
    sign_in(client, make_person(role=Role.HOST, school=host))
    return client


@pytest.fixture
def as_school(app, school):
    """Give the browser of the school's coordinator."""
    client = app.test_client()
    sign_in(client, make_person(role=Role.COORDINATOR, school=school))
    return client
