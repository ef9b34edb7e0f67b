"""Two people have the same event open: nobody overwrites what they have not seen."""

import pytest

from booking.days.events.models import Event
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from tests.builders import events, schools
from tests.forms_on_pages import form_on, sent
from tests.page import soup, words

#: A school day with no other event.
LATER = events.one_date(events.london(2027, 5, 6, 9, 15))


@pytest.fixture
def event(db_session):
    """Provide a published event at a school with two hosts."""
    schools.make_school(name="Guest School")
    host = schools.make_school(name="Host School")
    found = events.make_event(host=host, title="Puzzle day", venue="Main hall")
    db_session.rollback()
    return found


def browser_of(app, event, name, role=Role.HOST):
    school = event.host_school if role is Role.HOST else None
    browser = app.test_client()
    schools.sign_in(browser, schools.make_person(role=role, school=school, name=name))
    return browser


@pytest.fixture
def address(event):
    return f"/host/events/{event.slug}/edit"


@pytest.fixture
def sam(app, event):
    return browser_of(app, event, "Sam Okafor")


@pytest.fixture
def joan(app, event):
    return browser_of(app, event, "Joan Reed", Role.LEAD)


def opened(browser, address, **typed):
    """Return what is sent from a page opened now, with something typed into it."""
    return sent(form_on(browser.get(address)), **typed)


def summary(response):
    return [words(line) for line in soup(response).select(".error-summary li")]


def stored(event):
    db.session.rollback()
    return db.session.get_one(Event, event.id)


def test_a_stale_page_does_not_put_the_event_back_into_the_flooded_hall(sam, joan, event, address):
    joans = opened(joan, address, practicalities="Bring a coat.")
    sam.post(address, data=opened(sam, address, venue="Gym"))

    refused = joan.post(address, data=joans)

    assert refused.status_code == 422
    assert summary(refused) == [
        "This was changed while you had the page open, by Sam Okafor (Host at Host School) at "
        "9:30am. What you typed is kept. Look at what is different, then save again.",
        "Where: Changed from “Main hall” to “Gym”.",
    ]
    assert stored(event).venue == "Gym"
    assert stored(event).practicalities == "Bring a packed lunch and water."


def test_saving_again_keeps_what_both_have_written(sam, joan, event, address):
    joans = opened(joan, address, practicalities="Bring a coat.")
    sam.post(address, data=opened(sam, address, venue="Gym"))
    refused = joan.post(address, data=joans)

    saved = joan.post(address, data=sent(form_on(refused)))

    assert saved.status_code == 303
    assert (stored(event).venue, stored(event).practicalities) == ("Gym", "Bring a coat.")


def test_where_both_have_written_both_texts_are_shown_and_ones_own_is_kept(
    sam, joan, event, address
):
    joans = opened(joan, address, venue="Library")
    sam.post(address, data=opened(sam, address, venue="Gym"))

    refused = joan.post(address, data=joans)

    assert summary(refused)[1] == (
        "Where: Sam Okafor (Host at Host School) saved “Gym”; you have “Library”. Save again to "
        "keep yours, or enter theirs."
    )
    assert soup(refused).find(id="venue")["value"] == "Library"
    assert stored(event).venue == "Gym"
    assert joan.post(address, data=sent(form_on(refused))).status_code == 303
    assert stored(event).venue == "Library"


def test_dates_are_taken_over_whole(sam, joan, event, address):
    joans = opened(joan, address, venue="Gym")
    more = {"dates-1-on": "2027-06-18", "dates-1-starts": "16:00", "dates-1-ends": "17:30"}
    sam.post(address, data=opened(sam, address, **more))

    refused = joan.post(address, data=joans)

    assert summary(refused)[1].startswith("When: Changed from “")
    assert "Friday 18 June 2027, 4pm, 5:30pm”" in summary(refused)[1]
    joan.post(address, data=sent(form_on(refused)))
    assert len(stored(event).dates) == 2


def test_the_same_change_by_both_is_no_difference(sam, joan, event, address):
    joans = opened(joan, address, venue="Gym")
    sam.post(address, data=opened(sam, address, venue="Gym"))

    assert joan.post(address, data=joans).status_code == 303


def test_nobody_is_written_to_by_a_refused_page(sam, joan, event, address):
    joans = opened(joan, address, title="Puzzles")
    sam.post(address, data=opened(sam, address, venue="Gym"))
    before = db.session.query(Message).count()

    joan.post(address, data=joans)

    db.session.rollback()
    assert db.session.query(Message).count() == before


def test_a_change_of_ones_own_in_another_window_is_said_so(sam, event, address):
    old = opened(sam, address, title="Puzzles")
    sam.post(address, data=opened(sam, address, venue="Gym"))

    assert "by you, in another window, at 9:30am" in summary(sam.post(address, data=old))[0]


def test_a_draft_published_meanwhile_is_not_changed_unseen(app, sam, joan, event):
    draft = events.make_event(
        host=event.host_school, published=False, title="Chess day", dates=[LATER]
    )
    address = f"/host/events/{draft.slug}/edit"
    joans = opened(joan, address, venue="Gym")
    assert sam.post(f"/host/events/{draft.slug}/publish").status_code == 303

    refused = joan.post(f"/host/events/{stored(draft).slug}/edit", data=joans)

    assert refused.status_code == 422
    assert "Some of it can no longer be changed here." in summary(refused)[0]
    assert stored(draft).venue != "Gym"


def test_nothing_is_published_that_nobody_has_looked_at(sam, joan, event):
    draft = events.make_event(
        host=event.host_school, published=False, title="Chess day", dates=[LATER]
    )
    page, edit = f"/host/events/{draft.slug}/publish", f"/host/events/{draft.slug}/edit"
    joans = opened(joan, page)
    sam.post(edit, data=opened(sam, edit, venue="Gym"))

    refused = joan.post(page, data=joans)

    assert refused.status_code == 422
    assert "by Sam Okafor (Host at Host School)" in summary(refused)[0]
    assert "Gym" in refused.text
    assert stored(draft).state == "draft"
    assert joan.post(page, data=sent(form_on(refused))).status_code == 303
    assert stored(draft).state == "published"


def test_a_page_that_carries_nonsense_is_taken_as_it_is(sam, event, address):
    data = opened(sam, address, venue="Gym", as_read="zq £ title venue:")

    assert sam.post(address, data=data).status_code == 303
