"""A lead with a browser, on a site where a second factor is required or only offered."""

import pytest

from booking.domain.permissions import Role
from tests.builders import factors as build
from tests.builders import schools


@pytest.fixture(autouse=True)
def early_in_a_step():
    """Leave a code its whole half minute."""
    with build.early_in_a_step():
        yield


@pytest.fixture
def required(app, monkeypatch):
    """Require a second factor of lead, treasurer and auditor."""
    monkeypatch.setitem(app.config, "SECOND_FACTOR", "required")


@pytest.fixture
def lead(db_session):
    return schools.make_person(name="Lena Hart", email="lena@hart.example", role=Role.LEAD)


@pytest.fixture
def host(db_session):
    school = schools.make_school()
    return schools.make_person(email="host@one.example", role=Role.HOST, school=school)


@pytest.fixture
def with_app(app, lead):
    """Return the secret of the lead's app, and the recovery codes."""
    return build.add_app(lead)
