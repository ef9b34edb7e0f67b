"""A coming meeting, and somebody who is invited."""

import pytest

from tests.builders import meetings


@pytest.fixture
def guest(db_session):
    """Provide a coordinator."""
    return meetings.make_coordinator()


@pytest.fixture
def meeting(guest):
    """Provide a coming meeting of coordinators."""
    return meetings.make_meeting()
