"""What tests of season plans share: two schools with a coordinator each, and a lead."""

import pytest

from booking.domain.permissions import Role
from tests.builders import schools


@pytest.fixture
def ash(db_session):
    school = schools.make_school(name="Ash Primary", slug="ash-primary")
    schools.make_person(role=Role.COORDINATOR, school=school, email="c@ash.example")
    return school


@pytest.fixture
def elm(db_session):
    school = schools.make_school(name="Elm Primary", slug="elm-primary")
    schools.make_person(role=Role.COORDINATOR, school=school, email="c@elm.example")
    return school


@pytest.fixture
def lead(db_session):
    return schools.make_person(role=Role.LEAD, email="lead@network.example")
