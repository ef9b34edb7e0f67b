"""A school with a pupil who has just been invited to an event."""

from dataclasses import dataclass

import pytest

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.permissions import Role
from booking.people.schools.models import School
from tests.builders import events, places, pupils, schools

EMAIL = "ngozi@parents.example"


@dataclass
class Invited:
    """A family that was invited, its school and the event."""

    school: School
    event: Event
    booking: Booking

    @property
    def event_page(self) -> str:
        """Return the address of the school's page about the event."""
        return f"/school/events/{self.event.slug}/"

    @property
    def pupil_page(self) -> str:
        """Return the address of the pupil's page."""
        return f"/school/pupils/{self.booking.pupil.public_id}/"

    @property
    def mail_page(self) -> str:
        """Return the address of what was sent about the booking."""
        return f"/school/bookings/{self.booking.public_id}/mail"


@pytest.fixture
def invited(db_session) -> Invited:
    """Invite the parent of Amara Okoro to a puzzle day."""
    school = schools.make_school(name="Ashdale Primary School")
    event = events.make_event(title="Puzzle day", places=6)
    places.allot(event, {school: 2})
    amara = pupils.make_pupil(
        school=school,
        forename="Amara",
        surname="Okoro",
        year_group=event.low_year,
        parent_name="Ngozi Okoro",
        parent_email=EMAIL,
    )
    return Invited(school, event, places.name(event, school, amara))


@pytest.fixture
def coordinator(client, invited):
    """Sign in as the school's coordinator."""
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=invited.school))
    return client


@pytest.fixture
def lead(client, db_session):
    """Sign in as the network lead."""
    schools.sign_in(client, schools.make_person(role=Role.LEAD, email="lead@network.example"))
    return client
