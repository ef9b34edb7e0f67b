"""Several people save the same event at the same time: nobody's change is lost unseen."""

import pytest

from booking.days.events.models import Event
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.web.forms.edits import Edit
from tests.builders import events, schools
from tests.forms_on_pages import form_on, sent
from tests.races.together import together

#: What each of them changes.
CHANGES = {
    "venue": "Gym",
    "practicalities": "Bring a coat.",
    "led_by": "Joan Reed",
    "contact_name": "Sam Okafor",
}


@pytest.fixture
def pages(app, db_session):
    """Provide the event's id, and for each person a browser, the address and the form as sent."""
    schools.make_school()
    host = schools.make_school()
    event = events.make_event(host=host)
    address = f"/host/events/{event.slug}/edit"
    found = []
    for name, text in CHANGES.items():
        browser = app.test_client()
        schools.sign_in(browser, schools.make_person(role=Role.HOST, school=host))
        found.append((browser, address, sent(form_on(browser.get(address)), **{name: text})))
    number = event.id
    db_session.rollback()
    return number, found


def save(browser, address, data):
    return lambda: browser.post(address, data=data, check=False).status_code


def kept(number):
    """Return which of the changes the event has."""
    db.session.rollback()
    event = db.session.get_one(Event, number)
    return {name for name, text in CHANGES.items() if getattr(event, name) == text}


def test_without_the_comparison_changes_are_lost(app, pages, monkeypatch):
    monkeypatch.setattr(Edit, "refuse_if_stale", lambda _self, _form: None)
    number, found = pages

    assert together(app, [save(*page) for page in found]) == [303] * len(found)
    assert len(kept(number)) == 1


def test_one_is_saved_and_the_others_are_asked_to_look(app, pages):
    number, found = pages

    answers = together(app, [save(*page) for page in found])

    assert sorted(answers) == [303, 422, 422, 422]
    assert kept(number) == {list(CHANGES)[answers.index(303)]}
