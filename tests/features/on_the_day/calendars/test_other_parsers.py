"""Three parsers read what we write alike: instants in winter and summer, and every fact."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from booking.days.events import ical
from booking.days.events import service as event_service
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.calendars import service
from booking.on_the_day.calendars.models import FeedContent
from tests.builders import events, schools
from tests.features.on_the_day.calendars.clients import PARSERS

PROGRAMS = pytest.mark.parametrize("parser", PARSERS.values(), ids=PARSERS)
URL = "/calendar/network.ics"


@PROGRAMS
@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ((2028, 1, 14, 9, 15), datetime(2028, 1, 14, 9, 15, tzinfo=UTC)),
        ((2027, 6, 11, 9, 15), datetime(2027, 6, 11, 8, 15, tzinfo=UTC)),
        # The day on which the clocks go forward, before and after; then back.
        ((2027, 3, 28, 0, 30), datetime(2027, 3, 28, 0, 30, tzinfo=UTC)),
        ((2027, 3, 28, 9, 0), datetime(2027, 3, 28, 8, 0, tzinfo=UTC)),
        ((2027, 10, 31, 0, 30), datetime(2027, 10, 30, 23, 30, tzinfo=UTC)),
        ((2027, 10, 31, 9, 0), datetime(2027, 10, 31, 9, 0, tzinfo=UTC)),
        # Thirty years on the rules are the same.
        ((2057, 7, 2, 9, 0), datetime(2057, 7, 2, 8, 0, tzinfo=UTC)),
    ],
)
def test_every_program_sees_the_same_instant(client, db_session, parser, local, instant):
    events.make_event(dates=[events.one_date(events.london(*local), hours=2)])

    (entry,) = parser(client.get(URL).data)

    assert (entry.start, entry.end) == (instant, instant + timedelta(hours=2))


@PROGRAMS
def test_an_event_across_the_change_of_clocks_lasts_as_long_as_it_does(client, db_session, parser):
    starts_at = events.london(2027, 3, 27, 20)  # a night at the observatory
    events.make_event(dates=[events.one_date(starts_at, hours=12)])

    (entry,) = parser(client.get(URL).data)

    assert entry.end - entry.start == timedelta(hours=12)


@PROGRAMS
def test_every_fact_comes_back_whole(client, db_session, parser):
    title, place = 'Bugs; beetles, and "moths" – how\\why?', "Hall 2; the one, with the door"
    event = events.make_event(title=title, venue=place, venue_address="", concept="One.\n\nTwo; 2,")

    (entry,) = parser(client.get(URL).data)

    host = event.host_school
    where = f"{place}, {host.name}, {host.address} {host.postcode}"
    assert (entry.uid, entry.summary, entry.location) == (f"{event.uid}-1", title, where)
    assert entry.description.startswith("One.\n\nTwo; 2,\n\nFor Years 5 to 6.")
    assert (entry.status, entry.sequence) == ("CONFIRMED", 0)


@PROGRAMS
def test_a_series_that_loses_a_date_and_moves_is_one_story(client, db_session, parser):
    starts = [events.london(2027, 10, day, 16) for day in (22, 29)]  # before the change, and after
    event = events.make_event(dates=[events.one_date(at, hours=1) for at in starts])
    details = event_service.details_of(event)
    with transaction():
        event_service.change(
            actor=COMMAND,
            now=clock.now(),
            event=event,
            details=replace(details, dates=details.dates[1:], venue="The library"),
        )

    kept, gone = parser(client.get(URL).data)

    assert (kept.uid, kept.status, kept.sequence) == (f"{event.uid}-2", "CONFIRMED", 1)
    assert (gone.uid, gone.status, gone.sequence) == (f"{event.uid}-1", "CANCELLED", 1)
    assert kept.location.startswith("The library")
    assert kept.start == datetime(2027, 10, 29, 15, tzinfo=UTC)


@PROGRAMS
def test_whole_days_are_whole_days(client, db_session, parser):
    schools.make_terms()
    person = schools.make_person(role=Role.HOST, school=schools.make_school())
    with transaction():
        _, token = service.make_feed(
            actor=schools.actor_of(person),
            now=clock.now(),
            label="Terms",
            leaves_out=[FeedContent.HOSTED],
        )

    read = {one.summary: one for one in parser(client.get(f"/calendar/feeds/{token}.ics").data)}

    half_term = read["Summer half term"]
    assert (half_term.start, half_term.end) == (date(2027, 5, 31), date(2027, 6, 5))
    assert half_term.end - half_term.start == timedelta(days=5)


@PROGRAMS
def test_the_file_of_a_mail_is_read_too(db_session, parser):
    event = events.make_event()

    (entry,) = parser(ical.event_calendar(event, base_url="https://fairplace.example"))

    assert entry.start == event.dates[0].starts_at
