"""Where an event is: room, school and address, in its form and in calendars."""

import icalendar
import pytest

from booking.days.events import ical
from booking.domain.permissions import Role
from tests.builders import events, schools
from tests.page import soup


@pytest.fixture
def host(db_session):
    """Provide a host school in a network with a guest."""
    schools.make_school(name="Guest School")
    return schools.make_school(name="Host School", address="Weir Road", postcode="ZX1 8JW")


def test_a_new_event_is_at_the_schools_own_address_unless_its_host_says_otherwise(client, host):
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=host))

    page = soup(client.get("/host/events/new"))

    assert page.find(id="venue_address").text.strip() == "Weir Road\nZX1 8JW"


def test_of_several_schools_no_address_is_guessed(client, host):
    other = schools.make_school(address="2 Weir Road")
    person = schools.make_person(role=Role.HOST, school=host)
    schools.grant(person, Role.HOST, school=other)
    schools.sign_in(client, person)

    page = soup(client.get("/host/events/new"))

    assert page.find(id="venue_address").text.strip() == ""


def test_a_calendar_entry_names_the_room_the_school_and_the_address(host):
    event = events.make_event(host=host, venue="Sports hall", venue_address="Weir Road\nZX1 8JW")

    file = ical.event_calendar(event, base_url="https://fairplace.example")
    [entry] = icalendar.Calendar.from_ical(file).walk("VEVENT")

    assert entry["LOCATION"] == f"Sports hall, {host.name}, Weir Road, ZX1 8JW"
