"""Somebody changes what they sign in with: their other browsers, and new recovery codes."""

import math

import pytest

from booking.foundation.tokens import CODE_LETTERS
from booking.people.factors import codes, queries
from tests import cast
from tests.builders import factors as build
from tests.builders import schools


def add_passkey(client):
    build.add_passkey(client)


def remove_passkey(client):
    first = queries.passkeys_of(schools.person_of("lead@other.example").id)[0]
    client.post(f"/account/security/passkeys/{first.public_id}/remove")


CHANGES = {
    "add_passkey": add_passkey,
    "remove_passkey": remove_passkey,
    "remove_app": lambda client: client.post("/account/security/app/remove"),
    "new_codes": lambda client: client.post("/account/security/codes"),
}


def sign_in(client, person, code):
    client.post("/sign-in", data={"email": person.email, "password": cast.PASSWORD})
    client.post("/sign-in/second", data={"code": code})


@pytest.fixture
def person(db_session):
    return schools.make_person(name="Olga Fern", email="lead@other.example")


@pytest.fixture
def browsers(app, person):
    """Two browsers of somebody who has an app and a passkey."""
    _, recovery = build.add_app(person)
    here, elsewhere = app.test_client(), app.test_client()
    sign_in(here, person, recovery[0])
    build.add_passkey(here)
    sign_in(elsewhere, person, recovery[1])
    return here, elsewhere


@pytest.mark.parametrize("change", CHANGES)
def test_each_change_signs_other_browsers_out(browsers, change):
    here, elsewhere = browsers
    assert elsewhere.get("/account/").status_code == 200

    CHANGES[change](here)

    assert here.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302


def test_recovery_codes_are_random_enough_for_a_plain_hash():
    made = codes.new_recovery_codes()

    assert len(set(made)) == 10
    for code in made:
        assert len(code.replace(" ", "")) * math.log2(len(CODE_LETTERS)) >= 112
