"""Passkeys: added, used beside a password and alone, and what is refused."""

from datetime import timedelta

import pytest

from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.factors import queries, service
from booking.people.factors.models import Passkey
from booking.people.factors.refusals import FactorRefused
from tests import cast
from tests.builders import factors as build
from tests.builders import schools
from tests.builders.passkeys import Device
from tests.page import soup


@pytest.fixture
def signed_in(client, lead):
    schools.sign_in(client, lead)
    return client


@pytest.fixture
def device(signed_in):
    return build.add_passkey(signed_in)


def renaming(client):
    """Return where the person's only passkey is renamed, as their page links to it."""
    return soup(client.get("/account/security")).select_one("td a[href$='/name']")["href"]


def alone(client, device, **more):
    asked = build.asked_of_passkey(client.get("/sign-in/passkey"))
    return client.post("/sign-in/passkey", data={"credential": device.answer(asked)}, **more)


def test_a_passkey_is_added_and_recovery_codes_are_shown_once(signed_in, lead):
    build.add_passkey(signed_in, name="Work laptop")

    shown = signed_in.get("/account/security/codes")
    assert len(soup(shown).select("ol code")) == 10
    assert signed_in.post("/account/security/codes/kept").location == "/admin/"
    assert signed_in.get("/account/security/codes").status_code == 303
    home = signed_in.get("/account/security")
    assert "Work laptop" in home.text
    assert "10 of ten are left" in home.text


def test_a_passkey_is_renamed_by_its_owner_alone(app, device, lead, host, db_session):
    mine, theirs = schools.as_(app, host), app.test_client()
    assert alone(theirs, device).status_code == 303
    page = renaming(theirs)
    assert soup(theirs.get(page)).select_one("[name=name]")["value"] == "Work laptop"

    for name, why in (
        ("", "Give it a name"),
        (" \u200b ", "Give it a name"),
        ("x" * 61, "at most 60"),
    ):
        refused = theirs.post(page, data={"name": name})
        assert refused.status_code == 422
        assert why in refused.text
    assert mine.get(page).status_code == mine.post(page, data={"name": "Mine"}).status_code == 404
    assert [each.name for each in queries.passkeys_of(lead.id)] == ["Work laptop"]

    assert theirs.post(page, data={"name": " Telephone "}).location == "/account/security"
    assert "Telephone" in theirs.get("/account/security").text
    assert theirs.get("/account/").status_code == 200
    acts = db_session.query(AuditEntry).filter_by(action="rename_passkey").all()
    assert [(each.subject_id, each.facts) for each in acts] == [(str(lead.id), {})]
    assert alone(app.test_client(), device).status_code == 303


def test_a_passkey_removed_meanwhile_is_not_renamed(app, signed_in, device, lead):
    page = renaming(signed_in)
    another = build.add_passkey(signed_in, name="Another")
    acts = {"actor": schools.actor_of(lead), "now": clock.now()}
    [row, _] = queries.passkeys_of(lead.id)
    with transaction():
        service.remove_passkey(**acts, person=lead, public_id=row.public_id)
        with pytest.raises(FactorRefused, match="removed already"):
            service.rename_passkey(**acts, passkey=row, name="Telephone")

    client = app.test_client()
    alone(client, another)
    assert client.post(page, data={"name": "Telephone"}).status_code == 404


def test_a_passkey_alone_signs_in(app, device):
    client = app.test_client()

    assert alone(client, device).location == "/admin/"
    assert client.get("/account/").status_code == 200


def test_a_passkey_is_the_second_step_after_the_password(app, device, lead):
    client = app.test_client()
    client.post("/sign-in", data={"email": lead.email, "password": cast.PASSWORD})
    asked = build.asked_of_passkey(client.get("/sign-in/second"))

    answer = client.post("/sign-in/second/passkey", data={"credential": device.answer(asked)})

    assert answer.location == "/admin/"
    assert client.get("/account/").status_code == 200


def test_the_same_answer_is_not_accepted_twice(app, device):
    client = app.test_client()
    asked = build.asked_of_passkey(client.get("/sign-in/passkey"))
    said = device.answer(asked)
    assert client.post("/sign-in/passkey", data={"credential": said}).status_code == 303

    schools.sign_out(client)
    client.get("/sign-in/passkey")
    assert client.post("/sign-in/passkey", data={"credential": said}).status_code == 422


def test_a_challenge_is_answered_within_five_minutes(app, device, time_machine):
    client = app.test_client()
    asked = build.asked_of_passkey(client.get("/sign-in/passkey"))
    time_machine.move_to(clock.now() + timedelta(seconds=301))

    answer = client.post("/sign-in/passkey", data={"credential": device.answer(asked)})

    assert answer.status_code == 422
    assert "open for too long" in answer.text


def refused(client, device):
    answer = alone(client, device)
    assert answer.status_code == 422
    assert client.get("/account/").status_code == 302
    return answer.text


def test_another_sites_answer_is_refused(app, device):
    device.origin = "http://localhost.evil.example"
    refused(app.test_client(), device)


def test_an_answer_for_another_name_is_refused(app, device):
    device.domain = "evil.example"
    refused(app.test_client(), device)


def test_a_device_that_asked_for_no_finger_face_or_pin_is_refused(app, device):
    device.flags = type(device.flags)(1)
    refused(app.test_client(), device)


def test_a_copied_passkey_is_refused_once_the_other_has_counted_on(app, device):
    alone(app.test_client(), device)
    device.count -= 1

    assert "used elsewhere" in refused(app.test_client(), device)


def test_a_device_that_does_not_count_signs_in_again_and_again(app, signed_in):
    device = build.add_passkey(signed_in, device=Device(counts=False))

    for _ in range(2):
        assert alone(app.test_client(), device).status_code == 303


def test_an_unknown_passkey_is_refused(app, lead):
    assert "not known here" in refused(app.test_client(), Device())


def test_another_persons_passkey_is_not_the_second_step(app, device, host, lead):
    build.add_app(host)
    client = app.test_client()
    client.post("/sign-in", data={"email": host.email, "password": cast.PASSWORD})
    asked = build.asked_of_passkey(app.test_client().get("/sign-in/passkey"))
    client.get("/sign-in/second")

    answer = client.post("/sign-in/second/passkey", data={"credential": device.answer(asked)})

    assert answer.status_code == 422
    assert client.get("/account/").status_code == 302


@pytest.mark.parametrize(
    "said", ["", "{}", "[]", "null", '{"rawId": 3}', "x" * 30_000, '{"a":' * 900]
)
def test_nonsense_in_place_of_a_passkey_is_refused(app, signed_in, device, said):
    signed_in.get("/account/security/passkey")
    adding = {"name": "Key", "credential": said}
    assert signed_in.post("/account/security/passkey", data=adding).status_code == 422

    client = app.test_client()
    client.get("/sign-in/passkey")
    assert client.post("/sign-in/passkey", data={"credential": said}).status_code == 422


def test_a_closed_account_has_no_way_in_by_its_passkey(app, device, lead):
    lead = schools.person_of(lead.email)
    with transaction():
        db.session.get_one(type(lead), lead.id).disabled_at = clock.now()

    refused(app.test_client(), device)


def test_ten_passkeys_are_enough(signed_in, lead):
    for number in range(10):
        build.add_passkey(signed_in, name=f"Key {number}")
    device = Device()
    asked = build.asked_of_passkey(signed_in.get("/account/security/passkey"))

    answer = signed_in.post(
        "/account/security/passkey", data={"name": "One more", "credential": device.make(asked)}
    )

    assert answer.status_code == 422
    assert len(queries.of(lead.id).passkeys) == 10


def test_only_the_public_half_of_a_key_is_stored(device, db_session):
    [row] = db_session.query(Passkey).all()
    numbers = device.key.private_numbers()

    assert numbers.private_value.to_bytes(32, "big") not in row.public_key
    assert numbers.public_numbers.x.to_bytes(32, "big") in row.public_key
