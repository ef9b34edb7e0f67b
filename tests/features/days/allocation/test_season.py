"""The season so far: received against an equal share, for the network and for one school."""

from datetime import timedelta

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from tests import page
from tests.builders import events, places, schools

pytestmark = pytest.mark.usefixtures("db_session")


@pytest.fixture
def lead(client):
    """Sign the network lead in."""
    schools.sign_in(client, schools.make_person(role=Role.LEAD))
    return client


@pytest.fixture
def season():
    """Return three schools after two events: 6 and 3 places went out, one school has no Year 5."""
    ash = schools.make_school(name="Ash Primary School")
    beech = schools.make_school(name="Beech Primary School")
    cedar = schools.make_school(name="Cedar Academy", low_year=7, high_year=13)
    first = events.make_event(host=cedar, title="Puzzle day")
    second = events.make_event(host=cedar, title="Rocket day")
    places.allot(first, {ash: 5, beech: 1})
    places.allot(second, {ash: 3})
    return ash, beech, cedar


def table(response):
    """Return the rows of the first table of a page."""
    body = page.soup(response).find("main").find("tbody")
    return [
        [page.words(cell) for cell in row.find_all(["th", "td"])] for row in body.find_all("tr")
    ]


def test_the_lead_sees_who_is_owed_most_first(lead, season):
    response = lead.get("/admin/season")

    # Nine places went out; two schools have the years, so each has an equal share of 4.5.
    assert table(response) == [
        ["Beech Primary School", "1", "1", "4.5", "3.5 owed"],
        ["Cedar Academy", "0", "0", "0", "Level"],
        ["Ash Primary School", "8", "8", "4.5", "3.5 more"],
    ]
    words = page.words(page.soup(response).find("main"))
    assert "A place that was given back does not count as received" in words
    assert "School year 2026/27" in words


def test_the_numbers_are_drawn_for_wide_screens_and_for_phones(lead, season):
    wide, narrow = lead.get("/admin/season.svg"), lead.get("/admin/season.svg?narrow=1")

    assert wide.mimetype == narrow.mimetype == "image/svg+xml"
    assert b"Beech" in wide.data
    assert b"3.5" in wide.data
    assert b'viewBox="0 0 360' in narrow.data


def test_before_any_place_went_out_the_page_says_so(lead):
    assert "No places have gone out this school year" in lead.get("/admin/season").text


def test_another_school_year_and_a_cancelled_event_do_not_count(lead, season):
    _, beech, cedar = season
    next_year = events.one_date(clock.now() + timedelta(days=250))
    places.allot(events.make_event(host=cedar, dates=[next_year]), {beech: 6})
    off = events.make_event(host=cedar)
    places.allot(off, {beech: 6})
    events.cancel_event(off)

    assert table(lead.get("/admin/season"))[0][:2] == ["Beech Primary School", "1"]


def test_the_page_asks_as_much_for_many_schools_and_events_as_for_few(lead, season, count_queries):
    lead.get("/admin/season")
    with count_queries() as few:
        lead.get("/admin/season")
    ash, beech, cedar = season
    for _ in range(3):
        event = events.make_event(host=cedar)
        places.allot(event, {ash: 1, beech: 1, schools.make_school(): 1})
    with count_queries() as many:
        lead.get("/admin/season")

    assert len(many) == len(few)


def test_a_coordinator_sees_the_own_line_and_no_other_school(client, season):
    ash, beech, _ = season
    names = ash.name, beech.name
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=beech))

    response = client.get("/school/season")

    words = page.words(page.soup(response).find("main"))
    assert "3.5 owed" in words
    assert table(response) == [
        ["Puzzle day", "1", "1", "3", "6"],
        ["Rocket day", "0", "0", "1.5", "3"],
    ]
    assert names[1] in words
    assert names[0] not in response.text
    assert "Our season so far" in client.get("/school/").text


def test_a_school_without_events_is_told_where_to_look(client):
    school = schools.make_school()
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=school))

    assert "No places have gone out yet" in client.get("/school/season").text
