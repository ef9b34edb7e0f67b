"""What a family told, and ways to sign in for the day."""

import pytest

from booking.domain.needs import Collection, PhotoPermission
from booking.domain.permissions import Role
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import at

NEEDS = {
    "health": "Asthma: blue inhaler in the front pocket",
    "access": "Step-free route",
    "diets": ["halal", "no_nuts"],
    "photo": PhotoPermission.SCHOOL_USE,
    "collection": Collection.NAMED_ADULT,
    "collected_by": "Aunt Ife",
    "emergency_name": "Ngozi Okoro",
    "emergency_phone": "+447700900123",
}


@pytest.fixture
def as_host(client, host, time_machine):
    """Return a way to sign in as the host's teacher some days from the event."""
    person = make_person(role=Role.HOST, school=host)

    def go(days=0, hour=9):
        time_machine.move_to(at(days, hour), tick=False)
        sign_in(client, person)
        return person

    return go
