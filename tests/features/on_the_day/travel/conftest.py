"""Two schools that come to the event, and the coordinator of each."""

import pytest

from booking.domain.permissions import Role
from booking.foundation.notifications.models import Message
from tests.builders.places import hold
from tests.builders.schools import as_, make_person, make_school
from tests.builders.stored import count
from tests.features.on_the_day.conftest import at


@pytest.fixture
def other(event):
    return make_school(name="Birchwood School", office_phone="07700 900111")


@pytest.fixture
def people(event, school, other, host):
    """Return the people by name, each of whom can sign in."""
    for each in (school, other):
        hold(event, each, 2)
    return {
        "ashdale": make_person(role=Role.COORDINATOR, school=school, name="Catherine Obi"),
        "birchwood": make_person(
            role=Role.COORDINATOR, school=other, name="Ben Birch", mobile="+447700900888"
        ),
        "host": make_person(role=Role.HOST, school=host, name="Hanna Host"),
    }


@pytest.fixture
def browsers(app, people, time_machine):
    """Return a browser of each of them, a month before the event."""
    time_machine.move_to(at(-30), tick=False)
    return {name: as_(app, person) for name, person in people.items()}


@pytest.fixture
def mails(people):
    """Return how many mails about seats somebody was sent."""

    def told(name):
        return count(
            Message, Message.template == "seats_news", Message.recipient == people[name].email
        )

    return told
