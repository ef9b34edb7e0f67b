"""The same code, recovery code or challenge, many times at the same moment: it passes once."""

from threading import Barrier

import pytest
from sqlalchemy import update

from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.tokens import token_hash
from booking.people.factors import codes
from booking.people.factors import service as factor_service
from booking.people.factors.models import AuthenticatorApp, RecoveryCode, UsedChallenge
from booking.people.factors.refusals import NotProved
from booking.people.schools.models import Person
from tests.builders import factors as build
from tests.builders import schools
from tests.races.together import errors, together, writing

AT_ONCE = 20
#: With the guard removed, all have looked before any writes; fewer show it as well.
FEW = 5


@pytest.fixture(autouse=True)
def early_in_a_step():
    """Leave a code its whole half minute."""
    with build.early_in_a_step():
        yield


@pytest.fixture
def person_id(db_session):
    return schools.make_person(email="lena@hart.example").id


@pytest.fixture
def with_app(person_id):
    """Return a code that has not been used, and a recovery code."""
    secret, recovery = build.add_app(schools.person_of("lena@hart.example"))
    code = codes.step_code(secret, codes.step_now(clock.now()))
    db.session.rollback()
    return code, recovery[0]


def use_code(person_id, typed):
    def use():
        person = db.session.get_one(Person, person_id)
        factor_service.use_code(now=clock.now(), person=person, typed=typed)
        return "in"

    return use


@pytest.mark.parametrize("which", [0, 1], ids=["of the app", "of the sheet"])
def test_the_same_code_passes_once(app, person_id, with_app, which):
    results = together(app, [writing(use_code(person_id, with_app[which]))] * AT_ONCE)

    assert results.count("in") == 1
    assert errors(results) == [NotProved.__name__] * (AT_ONCE - 1)


def test_the_same_challenge_passes_once(app, db_session):
    def use():
        factor_service.use_challenge(token_hash("a challenge"), now=clock.now())
        return "in"

    results = together(app, [writing(use)] * AT_ONCE)

    assert results.count("in") == 1
    assert errors(results) == [NotProved.__name__] * (AT_ONCE - 1)


def looked_then_wrote(app, look, write):
    """Look at what stands, all before any writes; write what was decided."""
    gate = Barrier(FEW)

    def work():
        is_free = look()
        db.session.rollback()
        gate.wait(30)
        if not is_free:
            raise NotProved("It was used before.")
        with transaction():
            write()
        return "in"

    return together(app, [work] * FEW)


def test_if_looking_at_the_step_and_moving_it_were_two_steps_all_would_pass(
    app, person_id, with_app
):
    step = codes.step_now(clock.now())

    def write():
        row = update(AuthenticatorApp).where(AuthenticatorApp.person_id == person_id)
        db.session.execute(row.values(used_step=step))

    results = looked_then_wrote(
        app, lambda: db.session.get_one(AuthenticatorApp, person_id).used_step < step, write
    )

    assert results == ["in"] * FEW


def test_if_looking_for_a_recovery_code_and_deleting_it_were_two_steps_all_would_pass(
    app, person_id, with_app
):
    hashed = codes.recovery_hash(with_app[1])

    def write():
        db.session.query(RecoveryCode).filter_by(code_hash=hashed).delete()

    results = looked_then_wrote(
        app, lambda: db.session.get(RecoveryCode, hashed) is not None, write
    )

    assert results == ["in"] * FEW


def test_if_a_challenge_were_looked_for_and_kept_where_it_is_all_would_pass(app, db_session):
    hashed = token_hash("a challenge")

    def write():
        db.session.merge(UsedChallenge(challenge_hash=hashed, used_at=clock.now()))

    results = looked_then_wrote(app, lambda: db.session.get(UsedChallenge, hashed) is None, write)

    assert results.count("in") >= 1
    assert NotProved.__name__ not in errors(results), "each of them has found it free"
