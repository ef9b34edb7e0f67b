"""A minimum number: said before anybody answers, warned of once, and decided by the host."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.events import service as events
from booking.days.events.models import Event, EventState, Sharing
from booking.days.minimum import refusals, service
from booking.domain import minimum, terms
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.people.schools import queries as school_queries
from tests.builders import checkout, places, schools
from tests.builders import events as build
from tests.features.days.events.test_host_pages import errors, typed
from tests.forms_on_pages import form_on, sent
from tests.page import soup, text, words

#: Five school days before the event on Friday 11 June; half term is between.
DECIDE = "2027-05-27T16:00"
ASKED = {"requests_close_at": "2027-04-22T16:00"}
TOLD = (
    "This runs with at least 2 pupils. The host decides by 4pm on Thursday 27 May 2027; if it "
    "cannot run, you are told and any money goes back."
)


@pytest.fixture
def host(db_session):
    schools.make_terms()
    return schools.make_school(name="Host School", low_year=0, high_year=8)


@pytest.fixture
def guest(db_session):
    return schools.make_school(name="Guest School", low_year=0, high_year=8)


@pytest.fixture
def event(host, guest):
    """An event in eight weeks that needs two pupils."""
    return build.make_event(host=host, min_pupils=2)


def written():
    db.session.rollback()
    return db.session.scalars(select(Event)).one()


def warns_at(event):
    return minimum.warns_at(school_queries.calendar(event.host_school_id), event.decide_at)


def sweep(now):
    with transaction():
        return service.warn_hosts(now)


def go_ahead(event, now):
    with transaction():
        service.go_ahead(actor=COMMAND, now=now, event=event)


def test_a_host_says_a_minimum_and_schools_and_parents_read_it(app, host, guest):
    signed_in = schools.as_(app, schools.make_person(role=Role.HOST, school=host))
    new = signed_in.get("/host/events/new")
    assert "Runs with any number of pupils" in text(new)
    signed_in.post("/host/events/new", data={**typed(host, min_pupils="2", decide_at=""), **ASKED})
    here = f"/host/events/{written().slug}"
    edit = signed_in.get(f"{here}/edit")
    fold = words(soup(edit).find(id="fold-minimum").summary)
    assert fold == (
        "Runs with at least 2 pupils; you decide by 4pm on Thursday 27 May 2027 : change"
    )

    moved = sent(form_on(edit), **{"dates-0-on": "2027-06-18"})
    signed_in.post(f"{here}/edit", data=moved)
    assert terms.deadline_text(written().decide_at) == "Thursday 10 June 2027, 4pm"
    none = sent(form_on(signed_in.get(f"{here}/edit")), min_pupils="")
    signed_in.post(f"{here}/edit", data=none)
    assert (written().min_pupils, written().decide_at) == (None, None)

    wrong = sent(form_on(signed_in.get(f"{here}/edit")), min_pupils="31", decide_at=DECIDE)
    signed_in.post(f"{here}/edit", data=wrong)
    assert "There are only 30 places, so the minimum can be no more." in text(
        signed_in.get(f"{here}/")
    )
    right = sent(
        form_on(signed_in.get(f"{here}/edit")), min_pupils="2", **{"dates-0-on": "2027-06-11"}
    )
    signed_in.post(f"{here}/edit", data=right)
    for who in ("", "/schools", "/parents"):
        assert TOLD in text(signed_in.get(f"{here}/preview{who}")), who
    assert "The host decides whether it runs" in text(signed_in.get(f"{here}/publish"))
    signed_in.post(f"{here}/publish", data=sent(form_on(signed_in.get(f"{here}/publish"))))
    here = f"/host/events/{written().slug}"
    assert TOLD in text(app.test_client().get(f"/events/{written().slug}"))

    raised = sent(form_on(signed_in.get(f"{here}/edit")), min_pupils="3")
    assert errors(signed_in.post(f"{here}/edit", data=raised)) == [
        "Minimum number of pupils: Schools and families have read the minimum number, so it can "
        "only be made smaller."
    ]
    with transaction():
        again = events.clone(actor=COMMAND, now=clock.now(), event=written())
    assert (again.min_pupils, again.decide_at) == (2, build.london(2028, 5, 25, 16))


def test_a_family_reads_it_in_its_mail_and_before_it_answers(client, event, guest):
    family = checkout.make_family(event, school=guest)
    told = minimum.said(2, event.decide_at, goes_ahead=False, now=clock.now())

    mail = db.session.scalars(select(Message).where(Message.template == "invited")).first()
    assert told in mail.text
    assert told in mail.html
    assert told in text(client.get(family.url))


def test_hosts_are_warned_once_and_go_ahead_with_a_button(app, event, guest, time_machine):
    host = schools.make_person(role=Role.HOST, school=event.host_school, name="Hal Day")
    lead = schools.make_person(role=Role.LEAD, name="Lea Dee")
    places.make_booking(event=event, school=guest)
    at = warns_at(event)
    assert sweep(at - timedelta(minutes=1)) == 0
    assert (sweep(at), sweep(at + timedelta(hours=1))) == (1, 0)
    [mail] = db.session.scalars(select(Message).where(Message.template == "too_few_pupils"))
    assert (mail.recipient, mail.subject) == (
        host.email,
        "Please decide: too few pupils for Puzzle day",
    )
    assert "at least 2 pupils. So far 1 pupil has a place." in mail.text
    assert lead.email in mail.reply_to

    time_machine.move_to(at)
    hosting, leading = schools.as_(app, host), schools.as_(app, lead)
    here = f"/host/events/{event.slug}/"
    for browser, home in ((hosting, "/host/"), (leading, "/admin/")):
        assert "Decide whether Puzzle day runs" in text(browser.get(home)), home
    page = hosting.get(here)
    assert "1 pupil has a place so far; at least 2 are needed." in text(page)
    assert soup(page).main.find("a", string="Cancel this event") is not None
    done = hosting.post(f"{here}go-ahead", data=sent(form_on(page, action=f"{here}go-ahead")))
    assert done.status_code == 303
    page = hosting.get(here).text
    assert ("Fewer pupils than the minimum" in page, "day goes ahead." in page) == (False, True)
    for browser, home in ((hosting, "/host/"), (leading, "/admin/")):
        assert "Decide whether" not in text(browser.get(home)), home
    assert "Hal Day decided that the event goes ahead with 1 pupil so far; its minimum was 2" in (
        text(hosting.get(f"{here}history"))
    )
    public = text(app.test_client().get(f"/events/{event.slug}"))
    assert "The host has decided that this runs, however many pupils come." in public
    go_ahead(event, at)
    assert sweep(event.decide_at) == 0


def test_with_pupils_enough_there_is_nothing_to_decide_and_nothing_is_cancelled_by_itself(
    event, guest
):
    schools.make_person(role=Role.HOST, school=event.host_school)
    at = warns_at(event)
    with pytest.raises(refusals.NothingToDecide):
        go_ahead(event, at - timedelta(days=1))
    for _ in range(2):
        places.make_booking(event=event, school=guest)
    assert sweep(at) == 0
    with pytest.raises(refusals.NothingToDecide):
        go_ahead(event, at)

    late = build.make_event(
        host=event.host_school, min_pupils=2, title="Late", sharing=Sharing.FIRST_COME
    )
    past = replace(events.details_of(late), decide_at=clock.now() - timedelta(days=1))
    with pytest.raises(events.EventRefused, match="This time has passed"), transaction():
        events.change(actor=COMMAND, now=clock.now(), event=late, details=past)
    assert sweep(late.decide_at + timedelta(minutes=1)) == 1
    assert late.state is EventState.PUBLISHED
    with transaction():
        events.cancel(actor=COMMAND, now=late.decide_at, event=late, reason="Too few.")
    with pytest.raises(events.NotPublished):
        go_ahead(late, late.decide_at)
