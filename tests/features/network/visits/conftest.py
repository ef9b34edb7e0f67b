"""A school that hosts, a colleague of another, and an associate."""

import pytest

from booking.domain.permissions import Role
from tests.builders import schools, visits


@pytest.fixture
def ashdale(db_session):
    """Provide the school that is visited."""
    return schools.make_school(name="Ashdale School")


@pytest.fixture
def birchwood(db_session):
    """Provide the visitors' school."""
    return schools.make_school(name="Birchwood School")


@pytest.fixture
def opener(ashdale):
    """Provide a member of staff of Ashdale."""
    return schools.make_person(role=Role.STAFF, school=ashdale, name="Ola Opener")


@pytest.fixture
def visitor(birchwood):
    """Provide a member of staff of Birchwood."""
    return schools.make_person(role=Role.STAFF, school=birchwood, name="Vic Visitor")


@pytest.fixture
def visit(opener, ashdale):
    """Provide a visit with room for two."""
    return visits.opened(opener, ashdale)
