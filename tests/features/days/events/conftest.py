"""A host school in a network with a guest, and the browser of its host."""

import pytest

from booking.domain.permissions import Role
from tests.builders import schools


@pytest.fixture
def host(db_session):
    """Provide a host school in a network with a guest."""
    schools.make_school(name="Guest School", low_year=0, high_year=6)
    return schools.make_school(name="Host School", low_year=0, high_year=8)


@pytest.fixture
def signed_in(client, host):
    """Provide the browser of the school's host."""
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=host))
    return client
