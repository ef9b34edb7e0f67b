"""Second factors go with the name of their account, and a used challenge once it is too old."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.factors.details import CHALLENGE_SECONDS
from booking.people.factors.models import AuthenticatorApp, Passkey, RecoveryCode, UsedChallenge
from booking.people.schools.models import Person
from booking.upkeep import purging
from tests.builders import schools

pytestmark = pytest.mark.usefixtures("db_session")
MODELS = (Passkey, AuthenticatorApp, RecoveryCode)
MINUTE = timedelta(minutes=1)


def has_all_factors(email):
    """Return somebody with one factor of each kind."""
    person, now = schools.make_person(role=Role.LEAD, email=email), clock.now()
    with transaction():
        db.session.add_all(
            [
                Passkey(
                    public_id=email,
                    person_id=person.id,
                    credential_id=email,
                    public_key=b"key",
                    sign_count=0,
                    name="Laptop",
                    created_at=now,
                ),
                AuthenticatorApp(person_id=person.id, secret="SECRET", used_step=1, created_at=now),
                RecoveryCode(code_hash=email, person_id=person.id, created_at=now),
            ]
        )
    return person


def owners(model):
    return set(db.session.scalars(select(model.person_id)))


def test_factors_go_with_the_name_of_their_account():
    gone, here = has_all_factors("ada@lead.example"), has_all_factors("bea@lead.example")
    with transaction():
        db.session.get_one(Person, gone.id).forgotten_at = clock.now()

    due = purging.overdue(clock.now())
    assert [due[each] for each in ("passkeys", "authenticator apps", "recovery codes")] == [1, 1, 1]
    purging.purge(clock.now())

    assert [owners(model) for model in MODELS] == [{here.id}] * 3


def test_a_used_challenge_goes_once_nobody_could_answer_it():
    now = clock.now()
    too_old = now - 2 * timedelta(seconds=CHALLENGE_SECONDS)
    with transaction():
        db.session.add_all(
            [
                UsedChallenge(challenge_hash="old", used_at=too_old),
                UsedChallenge(challenge_hash="young", used_at=too_old + MINUTE),
            ]
        )

    assert purging.overdue(now)["used challenges"] == 1
    purging.purge(now)

    assert db.session.scalars(select(UsedChallenge.challenge_hash)).all() == ["young"]
