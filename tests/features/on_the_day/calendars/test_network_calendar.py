"""The network's calendar: what is in it, how it is written, and who gets which answer."""

from dataclasses import replace
from datetime import datetime, timedelta

import icalendar
import pytest

from booking.days.events import service as event_service
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import transaction
from booking.people.schools import service as school_service
from tests.builders import events, schools

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
    details = replace(event_service.details_of(event), **changes)
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)


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


def test_a_removed_date_is_shown_as_cancelled_for_thirty_days(client, db_session, time_machine):
    dates = [events.one_date(events.london(2027, 5, day, 16), hours=1) for day in (5, 12, 19)]
    event = events.make_event(dates=dates)

    change(event, dates=tuple(dates[:2]))

    *kept, gone = read(client.get(URL)).walk("VEVENT")
    assert [entry["STATUS"] for entry in kept] == ["CONFIRMED", "CONFIRMED"]
    assert (gone["UID"], gone["STATUS"], gone["SEQUENCE"]) == (f"{event.uid}-3", "CANCELLED", 1)
    assert gone.start == dates[2].starts_at

    time_machine.move_to(clock.now() + timedelta(days=31))
    assert len(read(client.get(URL)).walk("VEVENT")) == 2


def test_a_number_is_never_given_to_another_date(client, db_session):
    first, second, third = (
        events.one_date(events.london(2027, 5, day, 16), hours=1) for day in (5, 12, 19)
    )
    event = events.make_event(dates=[first, second])
    change(event, dates=(first,))
    change(event, dates=(first, third))

    found = {entry["UID"]: entry["STATUS"] for entry in read(client.get(URL)).walk("VEVENT")}

    assert found == {
        f"{event.uid}-1": "CONFIRMED",
        f"{event.uid}-2": "CANCELLED",
        f"{event.uid}-3": "CONFIRMED",
    }


def test_a_moved_venue_raises_the_sequence_and_a_new_word_to_parents_does_not(client, db_session):
    event = events.make_event()

    change(event, practicalities="Bring wellingtons.")
    (entry,) = read(client.get(URL)).walk("VEVENT")
    assert entry["SEQUENCE"] == 0
    assert entry["LAST-MODIFIED"].dt == event.modified_at.replace(microsecond=0)

    change(event, venue="The library")
    (entry,) = read(client.get(URL)).walk("VEVENT")
    assert entry["SEQUENCE"] == 1
    assert str(entry["LOCATION"]).startswith("The library")


def test_the_calendar_says_what_it_is_to_old_and_new_programs(client, db_session):
    events.make_event()

    calendar = read(client.get(URL))

    assert calendar["X-WR-CALNAME"] == calendar["NAME"] == "The Fairplace network"
    assert calendar["X-WR-CALDESC"] == calendar["DESCRIPTION"]
    assert calendar["X-WR-TIMEZONE"] == "Europe/London"
    assert (calendar["COLOR"], calendar["X-APPLE-CALENDAR-COLOR"]) == ("sienna", "#A0522D")
    assert calendar["SOURCE"] == "http://localhost:8000/calendar/network.ics"
    assert "METHOD" not in calendar
    text = client.get(URL).text
    assert "\r\nREFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n" in text
    assert "\r\nSOURCE;VALUE=URI:http://localhost:8000/calendar/network.ics\r\n" in text
    assert "ORGANIZER" not in text


def test_what_is_on_makes_nobody_busy(client, db_session):
    events.make_event()

    (entry,) = read(client.get(URL)).walk("VEVENT")

    assert entry["TRANSP"] == "TRANSPARENT"


def test_the_network_calendar_tells_of_its_host_by_the_name_it_has_now(client, db_session):
    event = events.make_event()
    first = client.get(URL)

    with transaction():
        school_service.change_school(
            actor=COMMAND, now=clock.now(), school=event.host_school, name="Newname School"
        )

    again = client.get(URL, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 200
    assert "Newname School" in again.text


@pytest.fixture
def placed(db_session):
    """Provide a host whose place on the national grid is known, and its address."""
    host = schools.make_school(postcode="ZX5 1AA", easting=651_410, northing=313_177)
    return host, "School Lane, Netherwick zx51aa"


def test_an_event_at_the_hosts_own_address_says_where_on_the_globe(client, placed):
    host, address = placed
    events.make_event(host=host, venue_address=address)

    assert "\r\nGEO:52.65798;1.71605\r\n" in client.get(URL).text


def test_an_event_elsewhere_or_at_an_unknown_place_does_not_guess(client, placed):
    host, _ = placed
    events.make_event(host=host, venue_address="1 Town Square, ZX9 9ZZ")
    events.make_event(venue_address="School Lane, Netherwick ZX5 1AA")

    assert "GEO" not in client.get(URL).text


def test_a_school_that_moved_is_no_longer_where_it_was(client, placed):
    host, _ = placed
    with transaction():
        school_service.change_school(
            actor=COMMAND, now=clock.now(), school=host, postcode="ZX7 7AA"
        )

    assert (host.easting, host.northing) == (None, None)
