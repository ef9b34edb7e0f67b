"""A school with a head and somebody who offers, a school that asks, and the lead."""

import pytest

from booking.domain.permissions import Role
from tests.builders import directory, schools


@pytest.fixture
def ashdale(db_session):
    """Provide the school of whoever offers, which names its head."""
    return directory.name_head(schools.make_school(name="Ashdale School"))


@pytest.fixture
def birchwood(db_session):
    """Provide the school that asks."""
    return schools.make_school(name="Birchwood School")


@pytest.fixture
def teacher(ashdale):
    """Provide somebody who offers."""
    return schools.make_person(role=Role.HOST, school=ashdale, name="Ola Offers")


@pytest.fixture
def asker(birchwood):
    """Provide somebody who asks."""
    return schools.make_person(role=Role.COORDINATOR, school=birchwood, name="Asta Asks")


@pytest.fixture
def lead(db_session):
    """Provide the network lead."""
    return schools.make_person(role=Role.LEAD, name="Lena Lead")


@pytest.fixture
def offered(ashdale, teacher):
    """Provide an offer that waits for the head."""
    return directory.offer(teacher, ashdale)


@pytest.fixture
def listed(offered):
    """Provide the offer once the head has said yes."""
    return directory.nominate(offered)
