"""Whoever is asked again shows a passkey, or a code of their app, in place of the password."""

from datetime import timedelta

import pytest

from booking.foundation import clock
from booking.people.factors import codes
from booking.people.schools.models import Invitation
from tests import cast
from tests.builders import factors as build
from tests.builders import schools
from tests.page import soup

FILE = "/fund/export.csv"
LATER = timedelta(minutes=11)
INVITED = {
    "email": "new@hart.example",
    "name": "Ada New",
    "posts-0-role": "auditor",
    "posts-0-school": "",
    **{f"posts-{n}-{part}": "" for n in (1, 2) for part in ("role", "school")},
}


@pytest.fixture
def by_app(app, lead, with_app, time_machine):
    """A browser of a lead with an app, who signed in eleven minutes ago; and the app's secret."""
    secret, recovery = with_app
    client = app.test_client()
    client.post("/sign-in", data={"email": lead.email, "password": cast.PASSWORD})
    client.post("/sign-in/second", data={"code": recovery[0]})
    time_machine.move_to(clock.now() + LATER)
    return client, secret, recovery


@pytest.fixture
def by_passkey(client, lead, time_machine):
    """A browser of a lead with a passkey, who signed in eleven minutes ago; and the passkey."""
    schools.sign_in(client, lead)
    device = build.add_passkey(client)
    time_machine.move_to(clock.now() + LATER)
    return client, device


def code_of(secret):
    return codes.step_code(secret, codes.step_now(clock.now()))


def test_a_code_of_the_app_goes_straight_on_to_the_file(by_app):
    client, secret, _ = by_app
    form = soup(client.get(FILE)).select_one("form[action^='/account/again/code']")

    went_on = client.post(form["action"], data={"code": code_of(secret)})

    assert went_on.location == FILE
    assert client.get(FILE).mimetype == "text/csv"


def test_a_wrong_code_and_a_recovery_code_show_nothing(by_app):
    client, _secret, recovery = by_app
    for typed in ("", "000000", "12", recovery[1]):
        assert client.post("/account/again/code", data={"code": typed}).status_code == 422
    assert "Is it still you?" in client.get(FILE).text
    assert "9 of ten are left" in client.get("/account/security").text


def test_a_code_is_taken_once(by_app, time_machine):
    client, secret, _ = by_app
    typed = code_of(secret)
    assert client.post("/account/again/code", data={"code": typed, "n": "1"}).status_code == 303
    assert client.post("/account/again/code", data={"code": typed, "n": "2"}).status_code == 422


def test_a_passkey_goes_on_with_what_was_typed(by_passkey, db_session):
    client, device = by_passkey
    form = soup(client.get("/admin/people/invite")).select("main input[type=hidden]")
    typed = {each["name"]: each["value"] for each in form} | INVITED
    asked = soup(client.post("/admin/people/invite", data=typed))
    part = asked.select_one("[data-passkey]")
    kept = part.select_one("[name=kept]")["value"]
    said = device.answer(part["data-options"])

    shown = client.post(part.form["action"], data={"credential": said, "kept": kept})

    assert "new@hart.example" in shown.text
    assert db_session.query(Invitation).count() == 0
    fields = soup(shown).select("main form[data-private] input[type=hidden]")
    sent = {each["name"]: each["value"] for each in fields}
    assert client.post("/admin/people/invite", data=sent).status_code == 303
    assert db_session.query(Invitation).count() == 1


def test_another_persons_passkey_shows_nothing(app, by_passkey, host):
    client, _ = by_passkey
    theirs = build.add_passkey(schools.as_(app, host))
    asked = build.asked_of_passkey(client.get("/account/again"))

    answer = client.post("/account/again/passkey", data={"credential": theirs.answer(asked)})

    assert answer.status_code == 422
    assert "belongs to somebody else" in answer.text


def test_nobody_without_factors_is_offered_them(app, host):
    client = schools.as_(app, host)

    shown = client.get("/account/again").text
    assert "passkey" not in shown
    assert "authenticator" not in shown
    assert client.post("/account/again/passkey").status_code == 422


@pytest.mark.parametrize("path", ["/account/security/app", "/account/security/passkey"])
def test_the_pages_that_set_factors_up_ask_before_they_open(by_passkey, path):
    client, _ = by_passkey

    assert "Is it still you?" in client.get(path).text
    client.post("/account/again", data={"password": cast.PASSWORD})
    assert "Is it still you?" not in client.get(path).text
