"""A school that is billed, in a year of terms, and the treasurer's browser."""

import pytest

from booking.domain.permissions import Role
from tests.builders import schools


@pytest.fixture
def school(db_session):
    schools.make_terms()
    return schools.make_school(slug="larkrise", name="Larkrise Middle School")


@pytest.fixture
def treasurer(app, school):
    return schools.as_(app, schools.make_person(role=Role.TREASURER))
