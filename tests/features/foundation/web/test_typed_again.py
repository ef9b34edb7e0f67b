"""A form that came after its session had ended does nothing, and what was typed is there again."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.encryption import field_keys
from booking.foundation.web import typed_again
from booking.people.pupils.models import ParentLink, Pupil
from booking.people.schools.forms import account
from tests import cast
from tests.builders import checkout, schools
from tests.page import soup, words

TITLE = "Bridges and towers"
ALLERGY = "Severe nut allergy, carries two pens"


@pytest.fixture
def host(db_session):
    """Provide a school that hosts, in a network with a guest."""
    schools.make_terms()
    schools.make_school(name="Guest School", low_year=0, high_year=6)
    return schools.make_school(name="Host School", low_year=0, high_year=8)


@pytest.fixture
def person(host):
    """Provide a host of the school."""
    return schools.make_person(role=Role.HOST, school=host)


def token_on(client, url):
    """Return the token of a form on the page at an address, as a browser has it."""
    return soup(client.get(url)).main.find("input", attrs={"name": "csrf_token"})["value"]


def session_ends(client):
    """Let the browser's session end, as half an hour does."""
    client.delete_cookie("session")
    for cookie in list(client._cookies):
        client._cookies.pop(cookie)


def send(client, url, token, **typed):
    return client.post(url, data={"csrf_token": token, "form_key": "abc", **typed}, csrf=False)


def fields(page):
    """Return what the hidden inputs of the page's main form hold."""
    form = page.main.find("form")
    found = form.find_all("input", attrs={"type": "hidden"})
    return form["action"], {field["name"]: field["value"] for field in found}


def sign_in_with(client, response, person, password=cast.PASSWORD):
    """Sign in on the page that answered a form that came too late."""
    action, hidden = fields(soup(response))
    hidden |= {"email": person.email, "password": password}
    return client.post(action, data=hidden, csrf=False)


def events_stored():
    db.session.rollback()
    return db.session.scalars(select(Event.title)).all()


def late(client, person, **typed):
    """Write an event, and send it once the session has ended."""
    schools.sign_in(client, person)
    token = token_on(client, "/host/events/new")
    session_ends(client)
    return send(client, "/host/events/new", token, **typed)


def test_an_event_typed_for_too_long_is_there_again_after_signing_in(client, person):
    asked = late(client, person, title=TITLE, concept="Two\nlines", **{"dates-0-starts": "09:15"})
    between = sign_in_with(client, asked, person)
    action, hidden = fields(soup(between))
    shown = client.post(action, data=hidden, csrf=False)
    page = soup(shown)

    assert (asked.status_code, between.status_code, shown.status_code) == (422, 200, 422)
    assert "Sign in: what you typed is kept" in words(soup(asked).body)
    assert action == "/host/events/new"
    assert page.find(id="title")["value"] == TITLE
    assert page.find(id="concept").text.strip() == "Two\nlines"
    assert page.find(id="dates-0-starts")["value"] == "09:15"
    assert "nothing has been saved yet" in words(page.body)
    assert events_stored() == []

    rest = {"places": "12", "dates-0-on": "2027-03-05", "dates-0-ends": "14:45"}
    client.post(action, data={**typed_on(page), **rest}, csrf=False)
    assert events_stored() == [TITLE]


def typed_on(page):
    """Return what a browser would send of the page's form."""
    form = page.main.find("form")
    found = {}
    for field in form.find_all(["input", "textarea", "select"]):
        kind = field.get("type", "")
        if kind in {"checkbox", "radio"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.find("option", selected=True) or field.find("option")
            found[field["name"]] = chosen["value"] if chosen else ""
        elif field.get("name"):
            found[field["name"]] = field.get("value", field.text.lstrip("\n"))
    return found


def test_a_wrong_password_loses_nothing(client, person):
    asked = late(client, person, title=TITLE)
    again = sign_in_with(client, asked, person, password="not this one at all")
    between = sign_in_with(client, again, person)

    assert again.status_code == 422
    assert fields(soup(between))[1]["title"] == TITLE


def test_another_person_who_signs_in_gets_nothing_of_it(client, person, host):
    asked = late(client, person, title=TITLE)
    other = schools.make_person(role=Role.HOST, school=host)

    answer = sign_in_with(client, asked, other)

    assert answer.status_code == 303
    assert TITLE not in answer.text
    assert "was not yours" in client.get("/host/").text


def test_it_is_kept_for_an_hour_only(client, person, time_machine):
    asked = late(client, person, title=TITLE)
    time_machine.move_to(clock.now() + typed_again.KEPT_FOR + timedelta(minutes=1))

    answer = sign_in_with(client, asked, person)

    assert answer.status_code == 303
    assert "kept for an hour, and is gone" in client.get("/host/").text


@pytest.mark.parametrize("kept", ["nonsense", "test:AAAA", ""])
def test_what_is_nothing_of_ours_is_passed_over(client, person, kept):
    answer = client.post(
        "/sign-in", data={"email": person.email, "password": cast.PASSWORD, "kept": kept}
    )

    assert answer.status_code == 303


def test_other_text_under_the_same_key_is_not_a_form(client, person):
    other = field_keys.encrypt(b'{"at": "2026-11-30T09:00:00+00:00", "to": "/", "fields": []}')

    with pytest.raises(typed_again.NotKept):
        typed_again.opened(other, person_id=person.id, now=clock.now())


def test_what_is_too_long_is_not_kept_and_the_page_says_so(client, person):
    asked = late(client, person, title=TITLE, concept="x" * typed_again.KEPT_MAX)

    assert "too long to be kept" in asked.text
    assert "kept" not in fields(soup(asked))[1]


def test_nothing_of_it_can_be_read_in_the_page_or_the_database(client, person):
    asked = late(client, person, title=ALLERGY)

    assert ALLERGY not in asked.text
    assert "nut allergy" not in dump()


def dump():
    """Return everything that the database holds."""
    db.session.rollback()
    found = []
    for table in db.metadata.sorted_tables:
        found += map(repr, db.session.execute(select(table)).all())
    return "\n".join(found)


def test_a_button_that_came_too_late_leads_to_signing_in(client, person):
    schools.sign_in(client, person)
    token = token_on(client, "/host/events/new")
    session_ends(client)

    answer = send(client, "/host/events/new", token)

    assert "so nothing was done. Sign in, then try again" in words(soup(answer).body)
    assert "kept" not in fields(soup(answer))[1]


def test_a_form_of_an_older_session_of_the_same_person_is_shown_again_at_once(client, person):
    schools.sign_in(client, person)
    token = token_on(client, "/host/events/new")
    session_ends(client)
    schools.sign_in(client, person)

    answer = send(client, "/host/events/new", token, title=TITLE)

    assert answer.status_code == 422
    assert soup(answer).find(id="title")["value"] == TITLE
    assert events_stored() == []


def test_a_form_of_another_persons_session_is_refused(client, person, host):
    schools.sign_in(client, person)
    token = token_on(client, "/host/events/new")
    session_ends(client)
    schools.sign_in(client, schools.make_person(role=Role.HOST, school=host))

    answer = send(client, "/host/events/new", token, title=TITLE)

    assert answer.status_code == 400
    assert TITLE not in answer.text


@pytest.mark.parametrize("token", ["", "forged", "IjEuMSI.aaaa.bbbb"])
def test_a_form_without_a_token_of_ours_is_refused(client, person, token):
    schools.sign_in(client, person)

    assert send(client, "/host/events/new", token, title=TITLE).status_code == 400


def test_a_familys_answers_typed_for_too_long_are_there_again(client, host):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.FREE))
    url = f"/parent/{family.token}"
    token = token_on(client, url)
    session_ends(client)

    answer = send(client, url, token, health=ALLERGY)
    page = soup(answer)

    assert answer.status_code == 422
    assert page.find(id="health").text.strip() == ALLERGY
    assert "nothing has been saved yet" in words(page.body)
    assert "nut allergy" not in dump()


def test_a_form_about_a_child_is_kept_for_the_coordinator_and_stays_nowhere(client, host):
    coordinator = schools.make_person(role=Role.COORDINATOR, school=host)
    schools.sign_in(client, coordinator)
    token = token_on(client, "/school/pupils/add")
    session_ends(client)
    typed = {"forename": "Zacharias", "surname": "Quillfeather", "year_group": "5"}

    asked = send(client, "/school/pupils/add", token, **typed)
    action, hidden = fields(soup(sign_in_with(client, asked, coordinator)))
    page = soup(client.post(action, data=hidden, csrf=False))

    assert page.find(id="forename")["value"] == "Zacharias"
    assert "Quillfeather" not in asked.text + dump()
    assert db.session.scalars(select(Pupil)).all() == []


def test_a_button_of_an_older_session_does_nothing_and_asks_to_press_it_again(client, person):
    schools.sign_in(client, person)
    token = token_on(client, "/host/events/new")
    session_ends(client)
    schools.sign_in(client, person)

    answer = send(client, "/host/events/new", token)

    assert (answer.status_code, answer.location) == (303, "/host/events/new")
    assert "Please press the button again" in client.get(answer.location).text


def test_what_was_chosen_on_a_page_that_shows_no_form_again_is_not_done(client, host):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE), school=host)
    coordinator = schools.make_person(role=Role.COORDINATOR, school=host)
    schools.sign_in(client, coordinator)
    url = f"/school/bookings/{family.booking.public_id}/withdraw"
    token = token_on(client, url)
    session_ends(client)
    schools.sign_in(client, coordinator)

    send(client, url, token, then="give")

    db.session.rollback()
    assert db.session.get_one(Booking, family.booking.id).ended_at is None


def test_passwords_are_never_kept():
    forms = [form for form in vars(account).values() if hasattr(form, "Meta")]
    named = {
        name
        for form in forms
        for name, field in vars(form).items()
        if "PasswordField" in repr(getattr(field, "field_class", ""))
    }

    assert named
    assert named <= typed_again.NEVER_KEPT


def test_a_password_in_a_form_that_came_too_late_is_not_in_what_is_kept(client, person):
    asked = late(client, person, title=TITLE, password="my secret words", again="my secret words")
    kept = fields(soup(asked))[1]["kept"]

    assert "my secret words" not in field_keys.decrypt(kept, typed_again.PURPOSE).decode()


def test_a_file_is_not_kept_and_the_page_says_so(client, person):
    asked = late(client, person, title=TITLE, file=(io.BytesIO(b"private"), "list.csv"))
    between = sign_in_with(client, asked, person)

    assert "A file that you had chosen has to be chosen again" in between.text
    assert "private" not in str(fields(soup(between))[1])


def test_a_private_link_that_has_ended_meanwhile_says_so(client, host, time_machine):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(family)
    token = token_on(client, f"{family.url}/contribution")
    session_ends(client)
    with transaction() as unit:
        unit.execute(update(ParentLink).values(expires_at=clock.now() - timedelta(minutes=1)))

    late_answer = send(client, f"{family.url}/contribution", token, amount="3.00")

    assert late_answer.status_code == 410
