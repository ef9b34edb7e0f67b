"""One query says that a private calendar has not changed, and never for too long."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from booking.days.events import service as event_service
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.on_the_day.calendars import service
from booking.on_the_day.calendars.models import Feed
from booking.people.schools import service as school_service
from tests.builders import events, places, schools
from tests.builders.calendars import make_feed

A_MOMENT = timedelta(seconds=1)


class Program:
    """A calendar program: it fetches an address and remembers the tag of what it has."""

    def __init__(self, app, token, name="Google-Calendar-Importer"):
        self.client, self.url, self.name, self.tag = app.test_client(), token, name, ""

    def fetch(self):
        """Return the answer of one more fetch."""
        known = {"If-None-Match": self.tag} if self.tag else {}
        headers = {"User-Agent": self.name, **known}
        answer = self.client.get(f"/calendar/feeds/{self.url}.ics", headers=headers)
        self.tag = answer.headers.get("ETag", "")
        return answer

    def is_told_that_nothing_is_new(self):
        """Return whether the next fetch gets a 304."""
        return self.fetch().status_code == 304


@pytest.fixture
def coordinator(guest):
    return schools.make_person(role=Role.COORDINATOR, school=guest)


@pytest.fixture
def event(guest):
    return events.make_event(title="Puzzle day")


@pytest.fixture
def followed(app, event, coordinator):
    """Provide a coordinator's feed, and a program that already has it."""
    feed, token = make_feed(coordinator, leaves_out=())
    program = Program(app, token)
    assert program.fetch().status_code == 200
    assert program.is_told_that_nothing_is_new()
    return feed, program


def test_a_304_asks_one_query(followed, count_queries):
    with count_queries() as statements:
        answer = followed[1].fetch()

    assert (answer.status_code, answer.data, len(statements)) == (304, b"", 1)


def test_a_304_by_its_date_asks_one_query_too(followed, count_queries, time_machine):
    _, program = followed
    url = f"/calendar/feeds/{program.url}.ics"
    time_machine.move_to(clock.now() + timedelta(minutes=1))
    told = {"If-Modified-Since": program.client.get(url).headers["Last-Modified"]}

    with count_queries() as statements:
        answer = program.client.get(url, headers=told)

    assert (answer.status_code, answer.data, len(statements)) == (304, b"", 1)


def test_a_304_from_memory_says_what_any_304_says(app, followed):
    _, program = followed
    remembered = program.fetch()
    app.extensions["unchanged"].forget()
    looked_up = program.fetch()

    assert (remembered.status_code, looked_up.status_code) == (304, 304)
    for each in (remembered, looked_up):
        assert each.headers.pop("X-Request-Id")
    assert sorted(remembered.headers) == sorted(looked_up.headers)
    assert remembered.headers["Content-Security-Policy"]
    assert "Content-Length" not in remembered.headers


def test_a_304_goes_to_whoever_has_the_file_and_to_nobody_else(app, followed):
    _, program = followed
    other = Program(app, program.url)
    other.tag = '"something-else"'
    weak = Program(app, program.url)
    weak.tag = f'"other", W/{program.tag}'
    packed = app.test_client().get(
        f"/calendar/feeds/{program.url}.ics",
        headers={"If-None-Match": program.tag, "Accept-Encoding": "gzip"},
    )

    assert other.fetch().status_code == 200
    assert weak.fetch().status_code == 304
    assert packed.headers["Content-Encoding"] == "gzip"


def test_a_revoked_address_stops_at_once(followed, coordinator):
    feed, program = followed
    with transaction():
        service.revoke(actor=schools.actor_of(coordinator), now=clock.now(), feed=feed)

    assert program.fetch().status_code == 404


def test_a_renewed_address_stops_at_once(followed, coordinator):
    feed, program = followed
    with transaction():
        service.renew(actor=schools.actor_of(coordinator), now=clock.now(), feed=feed)

    assert program.fetch().status_code == 404


def test_a_closed_account_stops_at_once(followed, coordinator):
    with transaction():
        school_service.disable_person(actor=COMMAND, now=clock.now(), person=coordinator)

    assert followed[1].fetch().status_code == 404


def test_a_304_from_memory_is_a_fetch_too(app, followed, time_machine):
    feed, program = followed
    time_machine.move_to(clock.now() + timedelta(minutes=20))
    program.name = "Mozilla Thunderbird/128.0"

    assert program.is_told_that_nothing_is_new()

    db.session.rollback()
    found = db.session.get_one(Feed, feed.id)
    assert found.last_fetched_by == "Thunderbird"
    assert clock.now() - found.last_fetched_at < timedelta(minutes=1)


def allot(event, guest, _person):
    places.allot(event, {guest: 1})


def rename(event, _guest, _person):
    details = replace(event_service.details_of(event), title="Chess day")
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


def close_school(_event, guest, _person):
    with transaction():
        school_service.add_closure(
            actor=COMMAND,
            now=clock.now(),
            school=guest,
            first_on=date(2027, 6, 28),
            last_on=date(2027, 6, 28),
            reason="INSET",
        )


def make_lead(_event, _guest, person):
    with transaction():
        school_service.grant_role(actor=COMMAND, now=clock.now(), person=person, role=Role.LEAD)


def ask(event, guest, _person):
    places.ask(event, guest, 2)


def cancel(event, _guest, _person):
    events.cancel_event(event)


@pytest.mark.parametrize("happens", [allot, rename, close_school, make_lead, ask, cancel])
def test_whatever_happens_to_it_is_seen_at_the_next_fetch(
    followed, event, guest, coordinator, happens
):
    happens(event, guest, coordinator)

    answer = followed[1].fetch()
    assert answer.status_code == 200
    assert followed[1].is_told_that_nothing_is_new()


def test_a_deadline_that_passed_is_gone_although_nobody_did_anything(followed, event, time_machine):
    _, program = followed
    time_machine.move_to(event.requests_close_at - timedelta(minutes=5))
    assert program.is_told_that_nothing_is_new()

    time_machine.move_to(event.requests_close_at + A_MOMENT)

    answer = program.fetch()
    assert (answer.status_code, "Requests close" in answer.text) == (200, False)


def test_what_is_cancelled_goes_after_30_days_although_nobody_did_anything(
    followed, event, time_machine
):
    _, program = followed
    events.cancel_event(event)
    goes_at = event.cancelled_at + timedelta(days=30)
    assert "CANCELLED" in program.fetch().text
    time_machine.move_to(goes_at - timedelta(minutes=5))
    assert program.is_told_that_nothing_is_new()

    time_machine.move_to(goes_at + A_MOMENT)

    answer = program.fetch()
    assert (answer.status_code, "CANCELLED" in answer.text) == (200, False)


def test_a_date_taken_out_goes_after_30_days_although_nobody_did_anything(app, guest, time_machine):
    starts = clock.now() + timedelta(days=60)
    dates = tuple(events.one_date(starts + timedelta(days=7 * week)) for week in range(2))
    event = events.make_event(title="Puzzle days", dates=dates, host=guest)
    _, token = make_feed(schools.make_person(role=Role.HOST, school=guest))
    program = Program(app, token)
    details = replace(event_service.details_of(event), dates=dates[:1])
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)
    goes_at = clock.now() + timedelta(days=30)
    assert "CANCELLED" in program.fetch().text
    time_machine.move_to(goes_at - timedelta(minutes=5))
    assert program.is_told_that_nothing_is_new()

    time_machine.move_to(goes_at + A_MOMENT)

    answer = program.fetch()
    assert (answer.status_code, "CANCELLED" in answer.text) == (200, False)


def test_a_browser_that_is_signed_in_is_answered_by_the_view(app, followed, coordinator):
    _, program = followed
    schools.sign_in(program.client, coordinator)

    answer = program.fetch()

    assert (answer.status_code, answer.headers["Cache-Control"]) == (304, "no-store")


def test_an_address_without_its_ending_is_none(followed):
    _, program = followed
    known = {"If-None-Match": program.tag}

    for path in ("/calendar/feeds/", "/calendar/feeds/.ics", f"/calendar/feeds/{program.url}"):
        assert program.client.get(path, headers=known).status_code == 404
