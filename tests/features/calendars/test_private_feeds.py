"""Private calendars: what is in whose, and that nobody else can read them."""

import logging
import re

import icalendar
import pytest
from sqlalchemy import select

from booking import clock
from booking.calendars import queries, service
from booking.db import transaction
from booking.domain.permissions import Role
from booking.places.models import Place
from booking.web import log_masks
from tests.builders import events, schools


def make_feed(person, *, label="My telephone"):
    """Return a person's feed and its token."""
    with transaction():
        return service.make_feed(actor=schools.actor_of(person), now=clock.now(), label=label)


def titles(client, token):
    """Return the titles in a private calendar."""
    response = client.get(f"/calendar/feeds/{token}.ics")
    assert response.status_code == 200
    return [str(e["SUMMARY"]) for e in icalendar.Calendar.from_ical(response.data).walk("VEVENT")]


def hold_place(event, school):
    """Let a school hold the first place of an event."""
    one = select(Place).where(Place.event_id == event.id, Place.number == 1)
    with transaction() as session:
        place = session.scalars(one).one()
        place.school_id, place.allotted_at = school.id, clock.now()


@pytest.fixture
def guest(db_session):
    """Give a guest school with Years 5 and 6."""
    return schools.make_school(name="Guest School", low_year=0, high_year=6)


def test_a_host_sees_the_events_of_their_school_and_no_others(client, guest):
    host = schools.make_school()
    events.make_event(title="Ours", host=host)
    events.make_event(title="Theirs", host=guest)
    _, token = make_feed(schools.make_person(role=Role.HOST, school=host))

    assert titles(client, token) == ["Ours"]


def test_a_coordinator_sees_requests_that_are_due(client, guest):
    event = events.make_event(title="Puzzle day")
    schools.make_school(low_year=9, high_year=13)
    events.make_event(title="Sixth form day", low_year=12, high_year=13)
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    assert titles(client, token) == ["Requests close: Puzzle day"]
    (entry,) = icalendar.Calendar.from_ical(client.get(f"/calendar/feeds/{token}.ics").data).walk(
        "VEVENT"
    )
    assert entry["UID"] == f"{event.uid}-requests"
    assert entry.end == event.requests_close_at
    assert entry["TRANSP"] == "TRANSPARENT"


def test_a_coordinator_sees_an_event_where_the_school_holds_a_place(client, guest, time_machine):
    event = events.make_event(title="Puzzle day")
    hold_place(event, guest)
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    time_machine.move_to(event.requests_close_at)
    time_machine.shift(60)

    assert titles(client, token) == ["Puzzle day", "Name your pupils: Puzzle day"]


def test_a_place_that_came_since_is_seen_at_once(client, guest):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    first = client.get(f"/calendar/feeds/{token}.ics")

    hold_place(event, guest)

    headers = {
        "If-None-Match": first.headers["ETag"],
        "If-Modified-Since": first.headers["Last-Modified"],
    }
    assert client.get(f"/calendar/feeds/{token}.ics", headers=headers).status_code == 200


def test_day_staff_see_their_event(client, guest):
    event = events.make_event(title="Puzzle day")
    events.make_event(title="Another day")
    _, token = make_feed(schools.make_person(role=Role.DAY_STAFF, event_id=event.id))

    assert titles(client, token) == ["Puzzle day"]


def test_a_feed_that_has_not_changed_answers_304(client, guest):
    events.make_event()
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    first = client.get(f"/calendar/feeds/{token}.ics")

    again = client.get(
        f"/calendar/feeds/{token}.ics", headers={"If-None-Match": first.headers["ETag"]}
    )

    assert (again.status_code, again.data) == (304, b"")


def test_a_feed_is_kept_from_search_engines_and_shared_caches(client, guest):
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    headers = client.get(f"/calendar/feeds/{token}.ics").headers

    assert headers["X-Robots-Tag"] == "noindex"
    assert headers["Cache-Control"] == "private, no-cache"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_who_fetched_a_feed_last_is_remembered(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    _, token = make_feed(person)

    client.get(
        f"/calendar/feeds/{token}.ics",
        headers={"User-Agent": "Google-Calendar-Importer"},
    )

    (feed,) = queries.feeds_of(person.id)
    assert feed.last_fetched_by == "Google"
    assert feed.last_fetched_at is not None


def test_the_token_is_stored_as_its_hash_only(db_session, guest):
    feed, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    stored = [str(getattr(feed, column.name)) for column in feed.__table__.columns]

    assert len(token) >= 43
    assert not any(token in value for value in stored)


@pytest.mark.parametrize("token", ["x", "a" * 43, "..%2Fnetwork"])
def test_an_unknown_address_is_not_found(client, db_session, token):
    assert client.get(f"/calendar/feeds/{token}.ics").status_code == 404


def test_a_closed_account_has_no_calendar(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    _, token = make_feed(person)

    with transaction():
        person.disabled_at = clock.now()

    assert client.get(f"/calendar/feeds/{token}.ics").status_code == 404


def test_a_person_makes_renews_and_revokes_a_calendar(client, guest):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.sign_in(client, person)

    made = client.post("/account/feeds", data={"label": "My telephone", "shows": "attended"})
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
    data = {"label": "My telephone", "shows": "attended"}
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

    response = client.post("/account/feeds", data={"label": "One more"})

    assert response.status_code == 422
    assert "Revoke one first" in response.text


def test_nobody_renews_or_revokes_somebody_elses_calendar(client, guest):
    feed, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    schools.sign_in(client, schools.make_person(role=Role.COORDINATOR, school=guest))

    assert client.post(f"/account/feeds/{feed.short_id}/renew").status_code == 404
    assert client.post(f"/account/feeds/{feed.short_id}/revoke").status_code == 404
    assert client.get(f"/calendar/feeds/{token}.ics").status_code == 200


def test_no_token_reaches_a_log_of_requests(caplog):
    log_masks.install()
    token = "Zm9vYmFyYmF6cXV4LTEyMzQ1Njc4OTAtYWJjZGVmZ2g"
    logger = logging.getLogger("werkzeug")

    with caplog.at_level(logging.INFO, logger="werkzeug"):
        logger.info('"GET /calendar/feeds/%s.ics HTTP/1.1" 200', token)
        logger.info('"GET /parent/%s HTTP/1.1" 200', token)

    assert [record.getMessage() for record in caplog.records] == [
        '"GET /calendar/feeds/….ics HTTP/1.1" 200',
        '"GET /parent/… HTTP/1.1" 200',
    ]
