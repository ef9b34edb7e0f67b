"""Training that the CPD fund pays towards, in the calendars of people who bid for it."""

import uuid
from datetime import timedelta

import icalendar
import pytest

from booking.domain.permissions import Role
from booking.domain.terms import london
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import service as bid_service
from booking.on_the_day.calendars.models import FeedContent
from booking.on_the_day.calendars.queries import private
from tests.builders import bids, schools
from tests.builders.calendars import make_feed, titles
from tests.builders.fund import make_grant


@pytest.fixture
def school(db_session):
    schools.make_terms()
    make_grant(pence=100_000)
    db.session.rollback()
    return schools.make_school()


@pytest.fixture
def approved(school):
    """A bid of a host of the school, approved."""
    host = schools.make_person(role=Role.HOST, school=school)
    bid = bids.make_bid(school=school, applicant=host)
    lead, _treasurer = bids.make_deciders()
    return host, bids.approve(bid, lead)


def feed_of(person):
    return make_feed(person)[1]


def days_of(client, token):
    file = icalendar.Calendar.from_ical(client.get(f"/calendar/feeds/{token}.ics").data)
    return {str(entry["SUMMARY"]): entry.start for entry in file.walk("VEVENT")}


def test_who_bid_sees_the_day_and_until_when_to_claim(client, approved):
    host, bid = approved
    title, claim_on = bid.title, london(bid.lapses_at).date()
    assert days_of(client, feed_of(host)) == {
        f"CPD: {title}": bid.takes_place_on,
        f"Last day to claim CPD money: {title}": claim_on,
    }


def test_a_coordinator_sees_what_the_school_bid_for_and_nobody_else_does(client, school, approved):
    here = schools.make_person(role=Role.COORDINATOR, school=school)
    elsewhere = schools.make_person(role=Role.COORDINATOR, school=schools.make_school())
    assert len(titles(client, feed_of(here))) == 2
    assert titles(client, feed_of(elsewhere)) == []


def test_a_claim_that_was_sent_has_no_last_day_any_more(client, approved):
    host, bid = approved
    token = feed_of(host)
    first = client.get(f"/calendar/feeds/{token}.ics").headers["ETag"]

    bids.claim(bid)

    assert titles(client, token) == [f"CPD: {bid.title}"]
    assert client.get(f"/calendar/feeds/{token}.ics").headers["ETag"] != first


def test_a_bid_that_waits_or_was_withdrawn_is_in_no_calendar(client, school, approved):
    host, bid = approved
    bids.make_bid(school=school, applicant=host, title="Not decided yet")
    token = feed_of(host)
    assert "CPD: Not decided yet" not in titles(client, token)

    with transaction():
        bid_service.withdraw(
            actor=schools.actor_of(host), now=clock.now(), bid=bid, reason="", by_network=False
        )

    assert titles(client, token) == []


def test_it_can_be_left_out(client, approved):
    host, _bid = approved
    _, token = make_feed(host, leaves_out=["cpd", FeedContent.SCHOOL_DAYS])
    assert titles(client, token) == []


def test_entries_keep_the_names_that_programs_know_them_by(app, client, approved):
    host, bid = approved
    site = app.config["BASE_URL"]

    file = icalendar.Calendar.from_ical(client.get(f"/calendar/feeds/{feed_of(host)}.ics").data)

    assert [str(entry["UID"]) for entry in file.walk("VEVENT")] == [
        str(uuid.uuid5(uuid.NAMESPACE_URL, f"{site}/calendar/{what}-{bid.id}"))
        for what in ("training", "claim")
    ]


def test_the_last_day_goes_when_it_is_over(client, approved, time_machine):
    host, bid = approved
    token = feed_of(host)
    address = f"/calendar/feeds/{token}.ics"
    known = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=known).status_code == 304

    time_machine.move_to(bid.lapses_at + timedelta(seconds=1))

    assert client.get(address, headers=known).status_code == 200
    assert titles(client, token) == [f"CPD: {bid.title}"]


def test_the_choice_is_offered_to_those_who_may_bid(client, school):
    for role, is_offered in ((Role.COORDINATOR, True), (Role.HOST, True), (Role.LEAD, False)):
        at_a_school = school if role is not Role.LEAD else None
        actor = schools.actor_of(schools.make_person(role=role, school=at_a_school))
        assert ("cpd" in private.kinds_of(actor)) is is_offered
