"""The page where people manage their private calendars: make, change, renew, revoke."""

import re
from datetime import timedelta

import icalendar
import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.calendars import queries, service, words
from booking.on_the_day.calendars.models import FeedContent
from tests.builders import events, schools
from tests.builders.calendars import make_feed, titles
from tests.page import soup


def test_a_person_makes_renews_and_revokes_a_calendar(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.sign_in(client, person)

    made = client.post("/account/feeds", data={"label": "My phone", "shows": "attended"})
    first = address(made)
    assert client.get(first).status_code == 200

    (feed,) = queries.feeds_of(person.id)
    renewed = client.post(f"/account/feeds/{feed.short_id}/renew")
    second = address(renewed)
    assert client.get(first).status_code == 404
    assert client.get(second).status_code == 200

    (feed,) = queries.feeds_of(person.id)
    client.post(f"/account/feeds/{feed.short_id}/revoke")
    assert client.get(second).status_code == 404
    assert "You have no private calendar yet" in client.get("/account/feeds").text


def address(response):
    """Return the address shown once on a page."""
    assert response.status_code == 200
    return re.search(r"/calendar/feeds/[\w-]{43}\.ics", response.text)[0]


def test_the_address_is_shown_once(client, guest):
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=guest))
    data = {"label": "My phone", "shows": "attended"}
    made = address(client.post("/account/feeds", data=data))

    assert made not in client.get("/account/feeds").text


def test_a_calendar_without_a_name_is_refused(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.sign_in(client, person)

    response = client.post("/account/feeds", data={"label": " "})

    assert response.status_code == 422
    assert "Give the calendar a name" in response.text
    assert queries.feeds_of(person.id) == []


def test_an_eleventh_calendar_is_refused(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    for number in range(10):
        make_feed(person, label=f"Number {number}")
    schools.sign_in(client, person)

    response = client.post("/account/feeds", data={"label": "One more", "shows": "attended"})

    assert response.status_code == 422
    assert "Revoke one first" in response.text


def test_nobody_renews_or_revokes_somebody_elses_calendar(client, guest):
    feed, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=guest))

    assert client.post(f"/account/feeds/{feed.short_id}/renew").status_code == 404
    assert client.post(f"/account/feeds/{feed.short_id}/revoke").status_code == 404
    assert client.get(f"/calendar/feeds/{token}.ics").status_code == 200


def test_somebody_chooses_what_a_calendar_shows(client, guest):
    events.make_event(title="Puzzle day")
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.sign_in(client, person)
    page = client.get("/account/feeds").text
    assert "When requests close" in page
    assert "Events that you host" not in page, "this person hosts nothing"

    data = {"label": "Telephone", "shows": ["attended", "offers", "names"]}
    made = address(client.post("/account/feeds", data=data))

    assert client.get(made).text.count("BEGIN:VEVENT") == 0
    [feed] = queries.feeds_of(person.id)
    assert feed.leaves_out == ["cpd", "meetings", "requests", "rostered", "school_days", "visits"]
    assert "Without: when requests close" in client.get("/account/feeds").text


def test_a_choice_is_changed_and_the_address_stays(client, guest):
    events.make_event(title="Puzzle day")
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    feed, token = make_feed(person)
    schools.sign_in(client, person)
    path = f"/account/feeds/{feed.short_id}"
    ticked = {box["value"] for box in soup(client.get(path)).find_all("input", checked=True)}
    assert ticked == {
        "attended",
        "requests",
        "offers",
        "names",
        "cpd",
        "rostered",
        "meetings",
        "visits",
    }

    changed = client.post(path, data={"label": "Office", "shows": ["attended"]})

    assert changed.status_code == 303
    assert titles(client, token) == []
    [feed] = queries.feeds_of(person.id)
    assert feed.label == "Office"


def test_a_calendar_that_shows_nothing_is_refused(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.sign_in(client, person)

    response = client.post("/account/feeds", data={"label": "Empty"})

    assert response.status_code == 422
    assert "Choose at least one thing" in response.text
    assert 'value="Empty"' in response.text
    assert queries.feeds_of(person.id) == []


def test_a_role_that_comes_later_brings_what_belongs_to_it(client, guest):
    events.make_event(title="Ours", host=guest)
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    _, token = make_feed(person)
    assert titles(client, token) == []

    schools.grant(person, Role.HOST, guest)

    assert titles(client, token) == ["Ours"]


def test_what_a_lost_role_left_out_stays_left_out(client, guest):
    events.make_event(title="Ours", host=guest)
    person = schools.make_person(role=Role.HOST, school=guest)
    with transaction():
        feed, token = service.make_feed(
            actor=schools.actor_of(person),
            now=clock.now(),
            label="A",
            leaves_out=[FeedContent.HOSTED],
        )
    with transaction():
        service.change_feed(
            actor=schools.actor_of(person),
            now=clock.now(),
            feed=feed,
            label="B",
            kinds=[FeedContent.ROSTERED, FeedContent.SCHOOL_DAYS],
            leaves_out=[],
        )

    assert feed.leaves_out == ["hosted"]
    assert titles(client, token) == []


def test_the_page_says_when_a_calendar_was_last_fetched_and_by_what(client, guest, time_machine):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    _, token = make_feed(person)
    browser = {"User-Agent": "Google-Calendar-Importer"}
    client.get(f"/calendar/feeds/{token}.ics", headers=browser)

    time_machine.move_to(clock.now() + timedelta(hours=19, minutes=59))
    schools.sign_in(client, person)

    assert "19 hours ago by Google" in client.get("/account/feeds").text


@pytest.mark.parametrize(
    ("span", "said"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "1 day ago"),
        (timedelta(days=400), "400 days ago"),
    ],
)
def test_how_long_ago_is_said_in_the_largest_unit(span, said):
    assert words.ago(span) == said


@pytest.mark.parametrize(
    ("program", "said"),
    [
        ("Google-Calendar-Importer", "Google"),
        ("Microsoft.Exchange/15.20 (OWA/Outlook)", "Outlook"),
        ("macOS/14.5 (23F79) dataaccessd/1.0", "Apple"),
        ("iOS/17.5 (21F79) dataaccessd/1.0", "Apple"),
        ("Mozilla/5.0 (X11) Gecko/20100101 Thunderbird/128.0", "Thunderbird"),
        ("curl/8", "a calendar program"),
        ("", "a calendar program"),
    ],
)
def test_programs_are_called_what_people_call_them(program, said):
    assert service.reader(program) == said


def test_the_address_comes_with_a_way_into_each_program(client, guest):
    client.application.config["BASE_URL"] = "https://days.network.example"
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=guest))

    page = client.post("/account/feeds", data={"label": "My phone", "shows": "attended"})

    token = address(page).removeprefix("/calendar/feeds/").removesuffix(".ics")
    webcal = f"webcal://days.network.example/calendar/feeds/{token}.ics"
    escaped = webcal.replace(":", "%3A").replace("/", "%2F")
    assert f'href="{webcal}"' in page.text
    assert f'href="https://calendar.google.com/calendar/r?cid={escaped}"' in page.text
    https = escaped.replace("webcal", "https")
    assert f"https://outlook.office.com/calendar/0/addfromweb?url={https}&amp;name=My%20phone" in (
        page.text
    )
    assert 'src="data:image/svg+xml' in page.text
    assert "cannot reach this address" not in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_the_calendar_page_shows_the_networks_address_and_each_schools(client, guest):
    whole = client.get("/calendar").text
    assert "http://localhost:8000/calendar/network.ics" in whole
    assert "cannot reach this address" in whole, "Google cannot fetch from localhost"

    one = client.get(f"/calendar?school={guest.slug}").text
    assert f"http://localhost:8000/calendar/schools/{guest.slug}.ics" in one


def test_a_school_has_the_programme_for_its_years(client, guest):
    events.make_event(title="For juniors")
    schools.make_school(low_year=9, high_year=13)
    events.make_event(title="For the sixth form", low_year=12, high_year=13)

    answer = client.get(f"/calendar/schools/{guest.slug}.ics")

    read = icalendar.Calendar.from_ical(answer.data)
    assert [str(entry["SUMMARY"]) for entry in read.walk("VEVENT")] == ["For juniors"]
    assert read["NAME"] == f"The Fairplace network: for {guest.name}"
    assert read["SOURCE"].endswith(f"/calendar/schools/{guest.slug}.ics")


@pytest.mark.parametrize("slug", ["nowhere", "..%2F..", "%00"])
def test_a_school_that_is_none_has_no_calendar(client, guest, slug):
    assert client.get(f"/calendar/schools/{slug}.ics").status_code == 404
