"""Deadlines proposed from an event's date: filled in where a host has typed none."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events.models import Event
from booking.domain import terms
from booking.foundation import clock
from booking.foundation.db import db
from tests.builders import events, schools
from tests.features.days.events.test_host_pages import typed
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words

EMPTY = {"requests_close_at": "", "naming_close_at": ""}
NEW = "/host/events/new"
ASKED = {
    "dates-0-on": "2027-06-11",
    "sharing": "fair_round",
    "reply_days": "5",
    "offer_days": "2",
    **EMPTY,
}


@pytest.fixture
def host(host):
    schools.make_terms()
    return host


def deadlines():
    """Return the only event's deadlines, as people read them."""
    db.session.rollback()
    event = db.session.scalars(select(Event)).one()
    at = (event.requests_close_at, event.naming_close_at)
    return [terms.deadline_text(each) if each else None for each in at]


def edit(browser, **changes):
    address = db.session.scalars(select(Event)).one().slug
    page = f"/host/events/{address}/edit"
    return browser.post(page, data=sent(form_on(browser.get(page)), **changes))


def test_deadlines_left_empty_are_filled_in_and_follow_the_date_until_somebody_types_one(
    signed_in, host
):
    signed_in.post(NEW, data=typed(host, **EMPTY))
    assert deadlines() == ["Thursday 6 May 2027, 4pm", "Thursday 20 May 2027, 4pm"]

    edit(signed_in, **{"dates-0-on": "2027-06-18"})
    assert deadlines() == ["Thursday 13 May 2027, 4pm", "Thursday 27 May 2027, 4pm"]

    edit(signed_in, requests_close_at="2027-05-10T12:00")
    edit(signed_in, **{"dates-0-on": "2027-06-25"})
    assert deadlines() == ["Monday 10 May 2027, midday", "Thursday 10 June 2027, 4pm"]


def test_one_that_is_typed_bounds_the_other(signed_in, host):
    signed_in.post(NEW, data=typed(host, requests_close_at=""))

    assert deadlines() == ["Thursday 29 April 2027, 4pm", "Friday 14 May 2027, 4pm"]


def test_too_short_a_notice_is_said_and_nothing_is_filled_in(signed_in, host):
    soon = f"{clock.today() + timedelta(days=7):%Y-%m-%d}"
    signed_in.post(NEW, data=typed(host, **EMPTY, **{"dates-0-on": soon}))
    page = signed_in.get(f"/host/events/{db.session.scalars(select(Event)).one().slug}/edit")

    assert deadlines() == [None, None]
    notice = words(soup(page).find(attrs={"data-says": "notice"}))
    assert notice.endswith("Choose a later date, or enter the deadlines yourself.")
    assert "and 10 are needed: 2 for schools to ask, 3 for schools to name" in notice


def test_the_page_being_filled_in_is_told_what_follows_from_what_is_typed(signed_in, host):
    query = {"host_school_id": host.id, **ASKED}

    answer = signed_in.get("/host/events/proposed", query_string=query).json

    assert answer["deadlines"] == {
        "requests_close_at": "2027-05-06T16:00",
        "naming_close_at": "2027-05-20T16:00",
    }
    assert answer["said"]["sharing"] == "Fair round; requests close Thursday 6 May 2027, 4pm"
    assert answer["said"]["answers"] == (
        "Parents have 5 school days to answer; a school has 2 to take up an offer"
    )
    assert answer["said"]["notice"] == ""
    assert set(answer["said"]) == {"notice", "sharing", "naming", "answers"}


@pytest.mark.parametrize(
    "odd",
    [
        {"dates-0-on": ""},
        {"dates-0-on": "soon"},
        {"dates-0-on": "0001-01-01"},
        {"dates-0-on": "9999-12-31"},
        {"naming_close_at": "0001-01-01T00:00"},
        {"reply_days": "-3"},
        {"reply_days": "many"},
        {"sharing": "by force"},
        {"host_school_id": "0"},
        {"cost_lines-0-pence": "six"},
    ],
)
def test_what_cannot_be_read_proposes_nothing_or_something_and_never_fails(signed_in, host, odd):
    query = {"host_school_id": host.id, **ASKED, **odd}

    assert signed_in.get("/host/events/proposed", query_string=query).status_code == 200


def test_last_years_deadlines_that_would_be_on_a_day_off_are_proposed_anew(host, signed_in):
    day = events.one_date(events.london(2027, 6, 11, 9, 15))
    of_last_year = events.make_event(
        host=host, dates=[day], naming_close_at=events.london(2027, 5, 21, 16)
    )
    saturday = {"requests_close_at": events.london(2027, 5, 8, 16)}
    weekend = events.make_event(host=host, dates=[day], **saturday)
    for event in (of_last_year, weekend):
        signed_in.post(f"/host/events/{event.slug}/clone")

    db.session.rollback()
    drafts = select(Event).where(Event.state == "draft").order_by(Event.id)
    kept, anew = db.session.scalars(drafts).all()
    assert (kept.naming_close_at - of_last_year.naming_close_at).days == 364
    assert terms.london(anew.requests_close_at).weekday() < 5
