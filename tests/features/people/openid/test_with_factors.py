"""Google and Microsoft beside passkeys and apps: the second step, asking again, the last way in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.factors import queries as factor_queries
from booking.people.openid.models import Identity
from booking.people.schools import passwords
from booking.people.schools.models import Person
from tests.builders import factors as build
from tests.builders import openid, schools
from tests.builders.passkeys import Device

ANN = "coordinator@hollow-lane.example"


@pytest.fixture
def ann(visitor, provider):
    """Ann, without a password, signed in with Google."""
    subject = provider.adds("ann-1", **openid.claims(ANN))
    with transaction():
        person = db.session.get_one(Person, schools.person_of(ANN).id)
        person.password_hash = passwords.NONE.text
    openid.sign_in(visitor, provider, subject)
    return schools.person_of(ANN)


def identity():
    db.session.rollback()
    return db.session.scalar(select(Identity))


@pytest.mark.parametrize("role", [Role.LEAD, Role.TREASURER, Role.AUDITOR])
def test_google_alone_does_not_let_in_whoever_needs_two_factors(visitor, provider, role):
    person = schools.make_person(email=f"{role}@two.example", role=role)
    build.add_app(person)
    subject = provider.adds("two-1", **openid.claims(person.email))

    answer = openid.sign_in(visitor, provider, subject)

    assert answer.location.startswith("/sign-in/second")
    assert visitor.get("/account/").status_code == 302


def test_removing_an_account_asks_again(visitor, ann, time_machine):
    time_machine.move_to(clock.now() + timedelta(minutes=11))

    asked = visitor.post(f"/account/identities/{identity().public_id}/remove")

    assert "Is it still you?" in asked.text
    assert identity() is not None


def test_a_passkey_is_a_way_in_and_the_last_one_stays(visitor, ann):
    address = f"/account/identities/{identity().public_id}/remove"
    visitor.post(address)
    assert identity() is not None, "it is the only way in"
    build.add_passkey(visitor, device=Device(origin="http://localhost"))

    visitor.post(address)
    assert identity() is None
    [passkey] = factor_queries.passkeys_of(ann.id)
    refused = visitor.post(
        f"/account/security/passkeys/{passkey.public_id}/remove", follow_redirects=True
    )

    assert "This passkey is your only way to sign in." in refused.text
    assert len(factor_queries.passkeys_of(ann.id)) == 1
