"""Entries that another feature adds to private calendars, by the port of `events/feeds.py`."""

import dataclasses
from datetime import timedelta

import pytest

from booking.days.events import feeds, ical
from booking.days.events import service as event_service
from booking.days.events.models import Event
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.on_the_day.calendars import words
from booking.on_the_day.calendars.queries import rows
from tests.builders import calendars, events, schools
from tests.builders.calendars import make_feed, titles
from tests.builders.schools import sign_in


def write(ids, *, actor, base_url, now):
    """Write a briefing for each event: an hour before requests close."""
    for event in db.session.query(Event).where(Event.id.in_(ids)).order_by(Event.id):
        yield ical.appointment(
            uid=f"{event.uid}-briefing",
            starts_at=event.requests_close_at - timedelta(hours=1),
            ends_at=event.requests_close_at,
            title=f"Briefing: {event.title}",
            stamped_at=event.modified_at,
            sequence=event.sequence,
            location="Hall; north, 2nd\nfloor",
            url=f"{base_url}/briefing",
            category="Briefing",
        )


@pytest.fixture
def briefings(app):
    """Add briefings to coordinators' calendars as a feature would, until requests close."""
    source = feeds.Source(
        kind="briefings",
        label="Briefings",
        hint="Until they are over.",
        offered=lambda actor: actor.has(Role.COORDINATOR),
        select=lambda _actor: feeds.rows(
            Event.id,
            changed_at=Event.modified_at,
            version=Event.title,
            leaves_at=Event.requests_close_at,
        ).where(Event.requests_close_at >= feeds.NOW),
        write=write,
    )
    rows.of_person.cache_clear()
    with feeds.sources.instead(*feeds.sources.providers, lambda: source):
        yield
    rows.of_person.cache_clear()


@pytest.fixture
def coordinator(guest):
    return schools.make_person(role=Role.COORDINATOR, school=guest)


def test_a_feature_adds_entries_to_the_calendars_of_those_whom_it_offers_them(
    client, guest, briefings, coordinator
):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(coordinator)
    _, of_lead = make_feed(schools.make_person(role=Role.LEAD))

    assert titles(client, token) == ["Requests close: Puzzle day", "Briefing: Puzzle day"]
    assert titles(client, of_lead) == ["Puzzle day"]
    entry = calendars.entries(client, token)[-1]
    assert (entry["SEQUENCE"], entry["STATUS"], entry["TRANSP"]) == (0, "CONFIRMED", "OPAQUE")
    assert entry["LOCATION"] == "Hall; north, 2nd floor"
    assert entry.end == event.requests_close_at


def test_what_a_feature_adds_can_be_left_out_and_asked_for_again(
    client, guest, briefings, coordinator
):
    events.make_event(title="Puzzle day")
    feed, token = make_feed(coordinator, leaves_out=["briefings", "school_days"])
    assert titles(client, token) == ["Requests close: Puzzle day"]
    sign_in(client, coordinator)
    assert "Without: briefings; terms" in client.get("/account/feeds").text
    page = client.get(f"/account/feeds/{feed.short_id}").text
    assert "Until they are over." in page

    shown = {"label": "All", "shows": ["requests", "briefings"]}
    client.post(f"/account/feeds/{feed.short_id}", data=shown)

    assert titles(client, token) == ["Requests close: Puzzle day", "Briefing: Puzzle day"]


def test_what_a_feature_adds_moves_the_mark_and_goes_in_its_time(
    client, guest, briefings, coordinator, time_machine
):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(coordinator, leaves_out=["requests", "school_days"])
    address = f"/calendar/feeds/{token}.ics"
    first = client.get(address)
    known = {"If-None-Match": first.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304

    details = dataclasses.replace(event_service.details_of(event), title="Chess day")
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)
    changed = client.get(address, headers=known)
    assert "SUMMARY:Briefing: Chess day" in changed.text

    known = {"If-None-Match": changed.headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304
    time_machine.move_to(event.requests_close_at + timedelta(seconds=1))
    gone = client.get(address, headers=known)
    assert (gone.status_code, "Briefing" in gone.text) == (200, False)


def test_a_kind_whose_feature_is_gone_hurts_no_calendar(client, guest, coordinator):
    events.make_event(title="Puzzle day")
    feed, token = make_feed(coordinator, leaves_out=["briefings"])

    assert titles(client, token) == ["Requests close: Puzzle day"]
    assert words.left_out(feed, ["requests"]) == []
    assert client.get("/account/feeds").status_code in {200, 302}


def test_parents_are_offered_nothing_that_is_for_people_with_roles(briefings):
    (source,) = [source for source in feeds.sources() if source.kind == "briefings"]
    assert not source.offered(PARENT)
