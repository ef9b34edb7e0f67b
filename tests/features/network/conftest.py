"""What the tests of the network's features share."""

from functools import partial

import pytest

from tests.builders import schools


@pytest.fixture
def browser_of(app):
    """Provide a way to have a browser in which a person is signed in."""
    return partial(schools.as_, app)
