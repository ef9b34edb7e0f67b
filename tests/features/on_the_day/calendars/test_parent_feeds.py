"""A parent's own calendar, from the private link: all their children's events, and no names."""

import re

import pytest

from booking.days.places import service as place_service
from booking.domain.booking_states import BookingState
from booking.domain.permissions import COMMAND, PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.on_the_day.calendars import queries
from booking.on_the_day.calendars import retention as calendar_retention
from booking.on_the_day.calendars.models import Feed
from booking.people.pupils import service as pupil_service
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.models import Parent
from booking.upkeep import purging
from tests.builders import calendars, checkout, events, places, pupils, schools


@pytest.fixture
def event(db_session):
    """Provide an event at another school."""
    return events.make_event(title="Puzzle day")


@pytest.fixture
def family(event, guest):
    """Provide a pupil of the guest school, invited, and the parent's private link."""
    return checkout.make_family(event, school=guest)


def address(response):
    """Return the token of the address shown once on a page."""
    assert response.status_code == 200
    return re.search(r"/calendar/feeds/([\w-]{43})\.ics", response.text)[1]


def test_a_parent_makes_renews_and_revokes_a_calendar(client, family):
    path = f"{family.url}/calendar"
    assert "In your own calendar" in client.get(path).text

    data = {"label": "Kitchen", "shows": ["attended", "replies"]}
    first = address(client.post(path, data=data))
    assert calendars.titles(client, first) == ["Puzzle day", "Reply to the invitation: Puzzle day"]

    [feed] = queries.feeds_of_parent(family.parent.id)
    second = address(client.post(f"{path}/{feed.short_id}/renew"))
    assert client.get(f"/calendar/feeds/{first}.ics").status_code == 404

    [feed] = queries.feeds_of_parent(family.parent.id)
    assert client.post(f"{path}/{feed.short_id}/revoke").status_code == 303
    assert client.get(f"/calendar/feeds/{second}.ics").status_code == 404


def test_a_calendar_without_name_or_content_is_refused(client, family):
    path = f"{family.url}/calendar"

    assert "Give the calendar a name" in client.post(path, data={"label": " "}).text
    refused = client.post(path, data={"label": "Kitchen"})
    assert refused.status_code == 422
    assert "Choose at least one thing" in refused.text
    assert queries.feeds_of_parent(family.parent.id) == []


def test_a_place_is_tentative_until_it_is_confirmed(client, family):
    _, token = calendars.make_parent_feed(family.parent)
    entry, _reply = calendars.entries(client, token)
    assert entry["STATUS"] == "TENTATIVE"

    with transaction():
        place_service.confirm(actor=PARENT, now=clock.now(), booking=family.booking)

    [entry] = calendars.entries(client, token)
    assert entry["STATUS"] == "CONFIRMED"


def test_the_reply_ends_when_it_is_due(client, family):
    _, token = calendars.make_parent_feed(family.parent)

    _, reply = calendars.entries(client, token)

    assert reply.end == family.booking.reply_by_at.replace(microsecond=0)
    assert family.booking.public_id not in str(reply["UID"])
    assert reply["TRANSP"] == "TRANSPARENT"


def test_two_children_at_one_event_are_one_entry(client, family, event, guest):
    details = [ParentDetails(family.parent.name, family.parent.email, "")]
    sister = pupils.make_pupil(school=guest, parents=details)
    places.make_booking(event=event, school=guest, pupil=sister, state=BookingState.CONFIRMED)
    _, token = calendars.make_parent_feed(family.parent)

    assert calendars.titles(client, token).count("Puzzle day") == 1


def test_a_cancelled_event_stays_as_cancelled(client, family, event):
    _, token = calendars.make_parent_feed(family.parent)

    events.cancel_event(event)

    [entry] = calendars.entries(client, token)
    assert (str(entry["SUMMARY"]), entry["STATUS"]) == ("Puzzle day", "CANCELLED")


def test_a_place_that_was_declined_leaves_the_calendar(client, family):
    _, token = calendars.make_parent_feed(family.parent)

    with transaction():
        place_service.decline(actor=PARENT, now=clock.now(), booking=family.booking)

    assert calendars.titles(client, token) == []


def test_whoever_is_no_longer_a_parent_sees_nothing_more(client, family):
    _, token = calendars.make_parent_feed(family.parent)

    pupil, new = family.booking.pupil, ParentDetails("New Parent", "new@parents.example", "")
    with transaction():
        pupil_service.change_pupil(
            actor=COMMAND,
            now=clock.now(),
            pupil=pupil,
            forename=pupil.forename,
            surname=pupil.surname,
            year_group=pupil.year_group,
            parents=[new],
        )

    assert calendars.titles(client, token) == []


def test_another_familys_link_opens_nobody_elses_calendar(client, family, event, guest):
    other = checkout.make_family(
        event, school=guest, parent_email="other@parents.example", forename="Bea"
    )
    feed, token = calendars.make_parent_feed(family.parent)

    for act in ("renew", "revoke"):
        assert client.post(f"{other.url}/calendar/{feed.short_id}/{act}").status_code == 404
    assert client.get(f"/calendar/feeds/{token}.ics").status_code == 200
    assert "Kitchen" not in client.get(f"{other.url}/calendar").text


def test_a_link_that_has_ended_opens_no_calendar_page(client, family):
    for link in ("unknown", family.token + "x"):
        answer = client.get(f"/parent/{link}/calendar")
        assert answer.status_code == 404
        assert "link" in answer.text


def test_a_parents_calendar_has_the_schools_days_off_if_wanted(client, family):
    schools.make_terms()
    _, token = calendars.make_parent_feed(family.parent)

    assert "Summer half term" in calendars.titles(client, token)


def test_the_page_of_a_confirmed_place_leads_to_it(client, family):
    checkout.answer(family)

    assert f'href="{family.url}/calendar"' in client.get(family.url).text


def test_a_calendar_goes_when_its_parent_has_nothing_more_to_come(
    client, family, event, time_machine
):
    feed, _ = calendars.make_parent_feed(family.parent)
    feed_id, parent_id = feed.id, family.parent.id

    time_machine.move_to(event.last_ends_at + calendar_retention.FEEDS_KEPT)
    assert purging.purge(clock.now())["parents' feeds"] == 1

    db.session.expunge_all()
    assert db.session.get(Feed, feed_id) is None
    assert db.session.get(Parent, parent_id) is not None


def test_a_calendar_stays_while_something_is_to_come(family, event, time_machine):
    feed, _ = calendars.make_parent_feed(family.parent)

    time_machine.move_to(event.last_ends_at)
    assert purging.purge(clock.now())["parents' feeds"] == 0

    assert db.session.get(Feed, feed.id) is not None
