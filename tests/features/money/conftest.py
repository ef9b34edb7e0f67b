"""A network of two schools, and its treasurer's browser."""

import pytest

from tests.builders import schools


@pytest.fixture
def network(app, db_session):
    """Give a network of two schools with a lead and a treasurer."""
    return schools.make_network(schools=2, terms=False)


@pytest.fixture
def treasurer(client, network):
    """Give the browser of the network's treasurer."""
    schools.sign_in(client, "treasurer@fairplace.example")
    return client
