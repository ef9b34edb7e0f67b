"""What tests of calendars share."""

import pytest

from booking.people.schools.models import School
from tests.builders import schools


@pytest.fixture
def guest(db_session) -> School:
    """Provide a guest school with Reception to Year 6."""
    return schools.make_school(name="Guest School", low_year=0, high_year=6)
