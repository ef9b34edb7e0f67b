"""The lead and the auditor read the state of a school's places: numbers, and no pupil's name."""

import pytest

from booking.domain.booking_states import BookingState
from booking.domain.permissions import Role
from tests.builders import events, pupils, schools
from tests.builders import places as build
from tests.page import soup, words

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def school(app):
    """A school that holds three places of the four it asked for, and has named two pupils."""
    made = schools.make_school(slug="hollow-lane", low_year=0, high_year=6)
    event = events.make_event(title="Puzzle day")
    build.ask(event, made, 4)
    build.allot(event, {made: 3})
    ada = pupils.make_pupil(school=made, forename="Ada", surname="Okoro")
    build.make_booking(event=event, school=made, pupil=ada, state=BookingState.CONFIRMED)
    build.name(event, made)
    build.reserve(event, made)
    return made


def reader(client, role):
    schools.sign_in(client, schools.make_person(role=role))
    return client


def rows(page):
    return [[words(cell) for cell in row.select("th, td")] for row in soup(page).select("tbody tr")]


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR])
def test_lead_and_auditor_read_a_schools_places_by_event(client, school, role):
    page = reader(client, role).get("/admin/schools/hollow-lane/places")

    [row] = rows(page)
    assert row[0] == "Puzzle day"
    assert row[2:7] == ["4", "3", "2", "1", "1"]
    assert "Okoro" not in page.text
    assert soup(page).main.find("form") is None


def test_the_schools_page_of_the_network_leads_there(client, school):
    page = soup(reader(client, Role.AUDITOR).get("/admin/schools/hollow-lane"))

    assert page.find("a", href="/admin/schools/hollow-lane/places") is not None


def test_other_schools_places_are_not_among_them(client, school):
    schools.make_school(slug="millrace")

    page = reader(client, Role.LEAD).get("/admin/schools/millrace/places")

    assert "No places yet" in page.text


def test_past_events_are_kept_apart(client, school, time_machine):
    time_machine.move_to(events.london(2027, 6, 30, 9))
    lead = reader(client, Role.LEAD)

    assert rows(lead.get("/admin/schools/hollow-lane/places")) == []
    assert len(rows(lead.get("/admin/schools/hollow-lane/places?past=1"))) == 1


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.HOST])
def test_it_is_not_there_for_people_of_a_school(client, school, role):
    schools.sign_in(client, schools.make_person(role=role, school=school))

    assert client.get("/admin/schools/hollow-lane/places").status_code == 404


def test_it_is_not_there_for_the_treasurer_or_an_unknown_school(client, app, school):
    assert (
        reader(client, Role.TREASURER).get("/admin/schools/hollow-lane/places").status_code == 404
    )
    lead = reader(app.test_client(), Role.LEAD)
    assert lead.get("/admin/schools/nowhere/places").status_code == 404


def test_more_events_take_no_more_queries(client, school, count_queries):
    lead, address = reader(client, Role.LEAD), "/admin/schools/hollow-lane/places"
    lead.get(address)
    with count_queries() as one:
        lead.get(address)
    for number in range(2):
        build.hold(events.make_event(title=f"Day {number}"), school)
    with count_queries() as three:
        assert len(rows(lead.get(address))) == 3

    assert len(three) == len(one)
