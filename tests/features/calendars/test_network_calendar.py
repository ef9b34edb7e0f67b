"""The network's calendar: what is in it, how it is written, and what is answered to whom."""

from dataclasses import replace
from datetime import datetime, timedelta

import icalendar
import pytest

from booking import clock
from booking.clock import LONDON
from booking.db import transaction
from booking.domain.permissions import COMMAND
from booking.events import service as events_service
from tests.builders import events

URL = "/calendar/network.ics"


def read(response):
    """Return the calendar of an answer."""
    assert response.status_code == 200
    return icalendar.Calendar.from_ical(response.data)


def titles(response):
    """Return the titles of the events in an answer."""
    return [str(entry["SUMMARY"]) for entry in read(response).walk("VEVENT")]


def change(event, **changes):
    """Change an event as its host would."""
    details = replace(events_service.details_of(event), **changes)
    with transaction():
        events_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


def test_every_published_event_is_in_the_network_calendar(client, db_session):
    events.make_event(title="Puzzle day")
    events.make_event(title="A draft", published=False)

    assert titles(client.get(URL)) == ["Puzzle day"]


def test_an_entry_says_when_and_where_with_all_that_clients_need(client, db_session):
    starts_at = events.london(2027, 6, 11, 9, 15)
    event = events.make_event(title="Puzzle day", dates=[events.one_date(starts_at)])

    (entry,) = read(client.get(URL)).walk("VEVENT")

    assert entry["UID"] == f"{event.uid}-1"
    assert entry.start == datetime(2027, 6, 11, 9, 15, tzinfo=LONDON)
    assert entry.end == datetime(2027, 6, 11, 14, 45, tzinfo=LONDON)
    assert entry["DTSTART"].params["TZID"] == "Europe/London"
    assert (entry["SEQUENCE"], entry["STATUS"]) == (0, "CONFIRMED")
    assert entry["URL"] == "http://localhost:8000/events/puzzle-day-2027"
    assert (
        entry["DTSTAMP"].dt == entry["LAST-MODIFIED"].dt == event.modified_at.replace(microsecond=0)
    )
    assert "ORGANIZER" not in entry


def test_each_date_of_a_series_is_an_entry_of_its_own(client, db_session):
    starts = [events.london(2027, 4, day, 16) for day in (5, 12, 19)]
    event = events.make_event(dates=[events.one_date(at, hours=1.5) for at in starts])

    found = read(client.get(URL)).walk("VEVENT")

    assert [entry["UID"] for entry in found] == [f"{event.uid}-{n}" for n in (1, 2, 3)]
    assert [str(entry["SUMMARY"]) for entry in found][2] == "Puzzle day (3 of 3)"


def test_london_time_is_written_with_rules_for_winter_and_summer(client, db_session):
    events.make_event()

    text = client.get(URL).get_data(as_text=True)
    zone = text[text.index("BEGIN:VTIMEZONE") : text.index("END:VTIMEZONE")]

    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in zone
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10" in zone
    assert "RDATE" not in zone


def test_a_moved_date_keeps_its_entry_and_raises_its_sequence(client, db_session):
    event = events.make_event()
    moved = event.dates[0].starts_at + timedelta(days=1)

    change(event, dates=(events.one_date(moved),))

    (entry,) = read(client.get(URL)).walk("VEVENT")
    assert (entry["UID"], entry["SEQUENCE"]) == (f"{event.uid}-1", 1)
    assert entry.start == moved


def test_a_cancelled_event_is_shown_as_cancelled_for_thirty_days(client, db_session, time_machine):
    events.cancel_event(events.make_event())

    (entry,) = read(client.get(URL)).walk("VEVENT")
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)

    time_machine.move_to(clock.now() + timedelta(days=31))
    assert titles(client.get(URL)) == []


def selects(statements):
    """Return the queries among the statements sent."""
    return [statement for statement in statements if statement.startswith("SELECT")]


def test_who_has_the_calendar_already_gets_304_and_nothing_is_written(
    client, db_session, count_queries
):
    events.make_event()
    first = client.get(URL)

    with count_queries() as statements:
        again = client.get(URL, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert len(selects(statements)) == 1


def test_a_reader_that_knows_only_the_date_gets_304_too(client, db_session):
    events.make_event()
    first = client.get(URL)

    again = client.get(URL, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    assert again.status_code == 304


def test_any_change_is_seen_at_once(client, db_session):
    event = events.make_event()
    first = client.get(URL)

    change(event, practicalities="Bring wellingtons.")

    again = client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "wellingtons" in again.get_data(as_text=True)


def test_head_answers_without_the_calendar(client, db_session):
    events.make_event()

    response = client.head(URL)

    assert (response.status_code, response.data) == (200, b"")
    assert response.headers["ETag"] == client.get(URL).headers["ETag"]


def test_the_answer_says_what_it_is_and_how_long_it_keeps(client, db_session):
    headers = client.get(URL).headers

    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Cache-Control"] == "public, max-age=900"


@pytest.mark.parametrize("count", [1, 3])
def test_the_calendar_asks_the_same_queries_for_one_event_and_three(
    client, db_session, count_queries, count
):
    client.get(URL)
    for _ in range(count):
        events.make_event()

    with count_queries() as statements:
        client.get(URL)

    assert len(selects(statements)) == 5


def test_the_second_reader_costs_no_writing(client, db_session, count_queries):
    events.make_event()
    first = client.get(URL)

    with count_queries() as statements:
        second = client.get(URL)

    assert second.data == first.data
    assert len(selects(statements)) == 1
