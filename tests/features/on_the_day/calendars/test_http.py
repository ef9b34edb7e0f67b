"""How calendars are answered: tags and dates, compressed or plain, and nothing written twice."""

import gzip
from dataclasses import replace
from datetime import timedelta

import pytest

from booking.days.events import service as event_service
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.calendars import files
from booking.on_the_day.calendars import service as calendars
from tests.builders import events, schools

URL = "/calendar/network.ics"
PACKED = {"Accept-Encoding": "gzip, deflate, br"}


def selects(statements):
    """Return the queries among the statements sent."""
    return [statement for statement in statements if statement.startswith("SELECT")]


def change(event, **changes):
    """Change an event as its host would."""
    details = replace(event_service.details_of(event), **changes)
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


@pytest.fixture
def event(db_session):
    """Provide one event, with a text long enough to be worth packing."""
    return events.make_event(concept="Teams solve puzzles. " * 40)


@pytest.fixture
def private(event):
    """Provide the address of a host's private calendar."""
    host = schools.make_person(role=Role.HOST, school=event.host_school)
    with transaction():
        _, token = calendars.make_feed(
            actor=schools.actor_of(host), now=clock.now(), label="Telephone"
        )
    return f"/calendar/feeds/{token}.ics"


@pytest.fixture
def addresses(event, private):
    """Provide an address of each kind of calendar."""
    return [URL, f"/calendar/schools/{event.host_school.slug}.ics", private]


@pytest.fixture
def written(monkeypatch):
    """Count how often a file is written."""
    count = []
    for name in ("programme", "personal"):
        real = getattr(files, name)

        def counting(*arguments, real=real, **options):
            count.append(1)
            return real(*arguments, **options)

        monkeypatch.setattr(files, name, counting)
    return count


def signed_in(app, event):
    """Return the browser of somebody for whom nothing is kept in memory."""
    browser = app.test_client()
    schools.sign_in(browser, schools.make_person(role=Role.HOST, school=event.host_school))
    return browser


def test_the_second_reader_costs_no_writing(app, client, event, addresses, written):
    for address in addresses:
        first = client.get(address)
        second = signed_in(app, event).get(address)
        packed = client.get(address, headers=PACKED)

        assert second.data == first.data
        assert gzip.decompress(packed.data) == first.data
    assert len(written) == len(addresses)


def test_who_has_it_gets_304_without_body_or_writing(app, client, event, addresses, written):
    tags = {address: client.get(address).headers["ETag"] for address in addresses}
    written.clear()
    app.extensions["remembered"].forget()

    for browser in (client, signed_in(app, event)):
        for address, tag in tags.items():
            again = browser.get(address, headers={"If-None-Match": tag})

            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == tag
            assert "Content-Length" not in again.headers
    # Once each, to know their tags again, and for visitors the public ones are remembered whole.
    assert len(written) == len(addresses)


def test_a_304_of_the_network_asks_one_query(client, event, count_queries):
    tag = client.get(URL).headers["ETag"]

    with count_queries() as statements:
        again = client.get(URL, headers={"If-None-Match": tag})

    assert (again.status_code, again.data) == (304, b"")
    assert len(selects(statements)) == 1


def test_a_packed_calendar_has_a_tag_of_its_own(client, addresses):
    for address in addresses:
        plain, packed = client.get(address), client.get(address, headers=PACKED)

        assert packed.headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in plain.headers
        assert len(packed.data) < len(plain.data) / 2
        assert packed.headers["ETag"] == f'{plain.headers["ETag"][:-1]}-gzip"'
        for response in (plain, packed):
            assert "Accept-Encoding" in response.headers["Vary"]
        again = client.get(address, headers={**PACKED, "If-None-Match": packed.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")
        other = client.get(address, headers={**PACKED, "If-None-Match": plain.headers["ETag"]})
        assert other.status_code == 200


@pytest.mark.parametrize("header", ["", "identity", "gzip;q=0", "br", "*;q=0"])
def test_who_does_not_take_gzip_gets_it_plain(client, addresses, header):
    for address in addresses:
        response = client.get(address, headers={"Accept-Encoding": header})

        assert "Content-Encoding" not in response.headers
        assert response.data.startswith(b"BEGIN:VCALENDAR")


def test_head_says_the_same_without_the_calendar(client, addresses, written):
    for address in addresses:
        whole = client.get(address)
        written.clear()

        head = client.head(address)

        assert (head.status_code, head.data, written) == (200, b"", [])
        for name in ("ETag", "Content-Type", "Cache-Control"):
            assert head.headers[name] == whole.headers[name]
        assert head.headers.get("Content-Length") in {None, whole.headers["Content-Length"]}


def dated(client, address, time_machine):
    """Return a full answer that says when it last changed."""
    client.get(address)
    time_machine.move_to(clock.now() + timedelta(minutes=5))
    return client.get(address)


def test_a_reader_that_knows_only_the_date_gets_304_too(client, addresses, time_machine):
    for address in addresses:
        first = dated(client, address, time_machine)
        told = {"If-Modified-Since": first.headers["Last-Modified"]}

        again = client.get(address, headers=told)

        assert (again.status_code, again.data) == (304, b"")


def test_a_tag_counts_for_more_than_a_date(client, addresses, time_machine):
    for address in addresses:
        first = dated(client, address, time_machine)
        told = {"If-Modified-Since": first.headers["Last-Modified"], "If-None-Match": '"other"'}

        assert client.get(address, headers=told).status_code == 200


def test_a_date_is_not_told_while_it_cannot_tell_one_state_from_the_next(client, addresses):
    for address in addresses:
        assert "Last-Modified" not in client.get(address).headers


def test_a_reader_that_knows_only_the_date_sees_what_left_the_calendar(client, event, time_machine):
    events.cancel_event(event)
    time_machine.move_to(clock.now() + timedelta(days=29))
    first = dated(client, URL, time_machine)
    assert "CANCELLED" in first.text

    time_machine.move_to(clock.now() + timedelta(days=2))
    again = client.get(URL, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert again.status_code == 200
    assert "VEVENT" not in again.text


def test_any_change_is_seen_at_once(client, event, addresses):
    tags = {address: client.get(address).headers["ETag"] for address in addresses}

    change(event, practicalities="Bring wellingtons.")

    for address, tag in tags.items():
        again = client.get(address, headers={"If-None-Match": tag})
        assert again.status_code == 200
        assert "wellingtons" in again.text.replace("\r\n ", "")


def test_answers_say_what_they_are_and_how_long_they_keep(client, addresses):
    for address in addresses:
        assert client.get(address).headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert client.get(URL).headers["Cache-Control"] == "public, max-age=900"
    assert client.get(addresses[2]).headers["Cache-Control"] == "private, no-cache"
    assert client.get(addresses[2]).headers["X-Robots-Tag"] == "noindex"


def test_public_pages_are_packed_too(client, event):
    plain, packed = client.get("/"), client.get("/", headers=PACKED, check=False)

    assert gzip.decompress(packed.data) == plain.data
