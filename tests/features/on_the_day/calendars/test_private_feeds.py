"""Private calendars: what is in whose, and that nobody else can read them."""

import re
from dataclasses import replace
from datetime import date, timedelta

import icalendar
import pytest
from sqlalchemy import select
from werkzeug.http import http_date

from booking.days.events import service as event_service
from booking.days.events.models import Sharing
from booking.days.places import service as place_service
from booking.days.places.models import Place
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.db import transaction
from booking.on_the_day.calendars import queries
from booking.people.schools import service as school_service
from tests.builders import calendars, events, places, pupils, rosters, schools
from tests.builders.calendars import make_feed, titles


def hold_place(event, school):
    """Give a school the first place at an event."""
    one = select(Place).where(Place.event_id == event.id, Place.number == 1)
    with transaction() as session:
        place = session.scalars(one).one()
        place.school_id, place.allotted_at = school.id, clock.now()


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

    assert titles(client, token) == ["Puzzle day", "Naming closes: Puzzle day"]


def test_a_place_that_came_since_is_seen_at_once(client, guest):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    first = client.get(f"/calendar/feeds/{token}.ics")

    places.allot(event, {guest: 1})

    headers = {
        "If-None-Match": first.headers["ETag"],
        "If-Modified-Since": http_date(clock.now()),
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


def test_what_a_school_has_asked_for_is_no_longer_due(client, guest):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    places.ask(event, guest, 2)

    assert titles(client, token) == []


def test_a_coordinator_of_two_schools_is_asked_until_both_have_asked(client, guest):
    other = schools.make_school(name="Other School")
    event = events.make_event(title="Puzzle day")
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    schools.grant(person, Role.COORDINATOR, other)
    _, token = make_feed(person)

    places.ask(event, guest, 2)
    assert titles(client, token) == ["Requests close: Puzzle day"]
    places.ask(event, other, 2)
    assert titles(client, token) == []


def test_once_every_place_has_a_name_none_is_due(client, guest):
    event = events.make_event(title="Puzzle day")
    places.allot(event, {guest: 1})
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    assert titles(client, token) == ["Puzzle day", "Naming closes: Puzzle day"]

    places.name(event, guest)

    assert titles(client, token) == ["Puzzle day"]


def test_quotas_that_go_back_are_told(client, guest):
    event = events.make_event(title="Puzzle day", sharing=Sharing.SET_QUOTAS)
    hold_place(event, guest)
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    assert titles(client, token) == [
        "Puzzle day",
        "Naming closes: Puzzle day",
        "Unclaimed places go to other schools: Puzzle day",
    ]


@pytest.fixture
def offered(guest):
    """Provide an event at which the guest school is offered a place that came back."""
    event, other = events.make_event(title="Puzzle day", places=1), schools.make_school()
    places.ask(event, guest, 1)
    places.ask(event, other, 1)
    places.allot(event, {guest: 0, other: 1})
    booking = places.name(event, other)
    with transaction():
        place_service.decline(actor=PARENT, now=clock.now(), booking=booking)
    offer = places.open_offer(guest, event)
    assert offer is not None
    return offer


def test_an_offer_ends_when_it_says_and_then_is_gone(client, guest, offered, time_machine):
    person = schools.make_person(role=Role.COORDINATOR, school=guest)
    _, token = make_feed(person)

    [entry] = calendars.entries(client, token)
    assert str(entry["SUMMARY"]) == "Answer the offer of a place: Puzzle day"
    assert entry.end == offered.expires_at.replace(microsecond=0)
    assert offered.public_id not in str(entry["UID"])

    with transaction():
        place_service.accept_offer(actor=schools.actor_of(person), now=clock.now(), offer=offered)
    found = titles(client, token)
    assert "Answer the offer of a place: Puzzle day" not in found
    assert found[0] == "Puzzle day"
    # It came after the naming date, or with a date of its own, and says so.
    assert any(title.startswith(("Name your pupils", "Naming closes")) for title in found)


def test_a_moved_deadline_moves_its_entry_and_raises_its_sequence(client, guest):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))
    [before] = calendars.entries(client, token)

    later = event.requests_close_at + timedelta(days=2)
    details = replace(event_service.details_of(event), requests_close_at=later)
    with transaction():
        event_service.change(actor=COMMAND, now=clock.now(), event=event, details=details)

    [after] = calendars.entries(client, token)
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after.end == later
    assert event.sequence == 0, "the event itself is where it was"


def test_deadlines_of_a_cancelled_event_are_cancelled_with_it(client, guest):
    event = events.make_event(title="Puzzle day")
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    events.cancel_event(event)

    [entry] = calendars.entries(client, token)
    assert (entry["STATUS"], entry["SEQUENCE"]) == ("CANCELLED", 1)


def test_who_comes_along_with_their_school_sees_the_event(client, guest):
    event = events.make_event(title="Puzzle day")
    hold_place(event, guest)
    helper = schools.make_person(role=Role.HOST, school=guest, mobile="07700 900555")
    rosters.bring_adult(event=event, school=guest, mobile="07700 900555")
    _, token = make_feed(helper)

    assert titles(client, token) == ["Puzzle day"]


def test_somebody_elses_mobile_brings_nobody_along(client, guest):
    event = events.make_event(title="Puzzle day")
    hold_place(event, guest)
    rosters.bring_adult(event=event, school=guest, mobile="07700 900555")
    elsewhere = schools.make_school()
    helper = schools.make_person(role=Role.HOST, school=elsewhere, mobile="07700 900555")
    _, token = make_feed(helper)

    assert titles(client, token) == []


def test_the_lead_sees_every_event(client, guest):
    events.make_event(title="Ours", host=guest)
    events.make_event(title="Theirs")
    _, token = make_feed(schools.make_person(role=Role.LEAD))

    assert sorted(titles(client, token)) == ["Ours", "Theirs"]


def test_an_auditor_or_treasurer_has_a_calendar_with_nothing_in_it(client, guest):
    events.make_event()
    for role in (Role.AUDITOR, Role.TREASURER):
        _, token = make_feed(schools.make_person(role=role))
        assert titles(client, token) == []


def test_school_days_are_whole_days_of_ones_own_school(client, guest):
    schools.make_terms()
    other = schools.make_school()
    with transaction():
        for school in (guest, other):
            school_service.add_closure(
                actor=COMMAND,
                now=clock.now(),
                school=school,
                first_on=date(2027, 6, 28),
                last_on=date(2027, 6, 29),
                reason=f"INSET at {school.name}",
            )
    person = schools.make_person(role=Role.HOST, school=guest)
    _, token = make_feed(person, leaves_out=())

    found = {str(entry["SUMMARY"]): entry for entry in calendars.entries(client, token)}

    inset = found["INSET at Guest School"]
    assert (inset.start, inset.end) == (date(2027, 6, 28), date(2027, 6, 30))
    assert inset["TRANSP"] == "TRANSPARENT"
    assert f"INSET at {other.name}" not in found
    assert "Summer half term" in found


def test_no_child_and_no_need_is_in_any_private_calendar(client, guest):
    event = events.make_event(title="Puzzle day")
    pupil = pupils.make_pupil(
        school=guest, forename="Zqforename", surname="Zqsurname", parent_name="Zqparent"
    )
    booking = rosters.expect_pupil(event=event, school=guest, pupil=pupil, health="Zqhealth")
    tokens = [
        make_feed(schools.make_person(role=role, school=school, event_id=event_id))[1]
        for role, school, event_id in (
            (Role.COORDINATOR, guest, None),
            (Role.HOST, event.host_school, None),
            (Role.DAY_STAFF, None, event.id),
            (Role.LEAD, None, None),
        )
    ]
    tokens.append(calendars.make_parent_feed(booking.pupil.parents[0])[1])

    for token in tokens:
        text = client.get(f"/calendar/feeds/{token}.ics").text.replace("\r\n ", "")
        assert "Puzzle day" in text
        # By whole words: an address may hold any two letters by chance.
        assert not re.search("Zq(forename|surname|parent|health)", text)
        assert pupil.public_id not in text


@pytest.mark.parametrize("count", [1, 3])
def test_a_private_calendar_asks_the_same_queries_for_one_event_and_three(
    client, guest, count_queries, count
):
    for _ in range(count):
        hold_place(events.make_event(), guest)
    _, token = make_feed(schools.make_person(role=Role.COORDINATOR, school=guest))

    with count_queries() as statements:
        client.get(f"/calendar/feeds/{token}.ics")

    # The feed, its owner, what is in it and when it changes; the events with their host and dates.
    assert len([s for s in statements if s.startswith("SELECT")]) == 8
