"""How a password is asked for: masked, open to password managers, and never because of its age."""

from datetime import timedelta
from pathlib import Path

import pytest

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.people.schools.models import Person
from tests import cast
from tests.builders import schools as build
from tests.page import soup

USES = {"current-password", "new-password"}


@pytest.fixture
def person(db_session):
    return build.make_person(email="coordinator@hollow-lane.example", role=Role.LEAD)


@pytest.mark.parametrize("address", ["/sign-in", "/account/password"])
def test_a_password_field_is_masked_and_may_be_filled_in(client, person, address):
    if address != "/sign-in":
        build.sign_in(client, person)

    fields = soup(client.get(address)).select("main input[name*=password], main input[name=again]")

    assert fields
    for field in fields:
        assert field["type"] == "password"
        assert field["autocomplete"] in USES
        assert not {"onpaste", "readonly", "maxlength"} & field.attrs.keys()


def test_no_script_hinders_pasting(app):
    scripts = [path.read_text() for path in (Path(app.root_path) / "static").glob("*.js")]

    assert scripts
    assert [text for text in scripts if "paste" in text] == []


def test_a_password_stays_good_for_years(client, person, monkeypatch):
    later = clock.now() + timedelta(days=5 * 365)
    monkeypatch.setattr(clock, "now", lambda: later)

    answer = client.post("/sign-in", data={"email": person.email, "password": cast.PASSWORD})

    assert answer.status_code == 303


def test_an_account_has_no_age_of_its_password_and_no_secret_question():
    odd = ("expire", "question", "password_hint", "password_changed", "password_set")

    assert [c.name for c in Person.__table__.columns if any(word in c.name for word in odd)] == []
