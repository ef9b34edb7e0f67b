"""Three people of two schools, and a resource that the first of them shared."""

import pytest

from booking.domain.permissions import Role
from tests.builders import resources, schools


@pytest.fixture
def ashdale(db_session):
    """Provide the author's school."""
    return schools.make_school(name="Ashdale School")


@pytest.fixture
def birchwood(db_session):
    """Provide another school."""
    return schools.make_school(name="Birchwood School")


@pytest.fixture
def author(ashdale):
    """Provide a host of Ashdale, who is no coordinator."""
    return schools.make_person(role=Role.HOST, school=ashdale, name="Ada Author")


@pytest.fixture
def coordinator(ashdale):
    """Provide the coordinator of Ashdale."""
    return schools.make_person(role=Role.COORDINATOR, school=ashdale, name="Cora Keeper")


@pytest.fixture
def reader(birchwood):
    """Provide somebody of another school."""
    return schools.make_person(role=Role.COORDINATOR, school=birchwood, name="Rita Reader")


@pytest.fixture
def lead(db_session):
    """Provide the network lead."""
    return schools.make_person(role=Role.LEAD, name="Lena Lead")


@pytest.fixture
def shared(ashdale, author):
    """Provide the resource."""
    return resources.share(school=ashdale, actor=schools.actor_of(author))
