"""Many tries at one password at the same moment: exactly as many pass as may."""

from threading import Barrier

import pytest
from werkzeug.exceptions import TooManyRequests

from booking.domain.patience import FreeTries
from booking.foundation.db import db, transaction
from booking.foundation.web import throttle
from booking.foundation.web.models import ThrottleCount
from tests.races.together import errors, together

FIVE = FreeTries(free=5)
AT_ONCE = 6


@pytest.fixture
def four_tries(app, db_session):
    """Four of five free tries have been made."""
    for _ in range(4):
        take()
    db_session.rollback()


def take():
    return throttle.take_turn("sign-in", "somebody/192.0.2.7", FIVE)


def test_of_many_tries_at_once_five_pass(app, db_session):
    results = together(app, [take] * 12)

    assert sorted(r for r in results if isinstance(r, int)) == [1, 2, 3, 4, 5]
    assert errors(results) == [TooManyRequests.__name__] * 7


def test_of_tries_at_once_one_is_the_last_free_one(app, four_tries):
    results = together(app, [take] * AT_ONCE)

    assert (results.count(5), len(errors(results))) == (1, AT_ONCE - 1)


def test_if_looking_and_counting_were_two_steps_all_would_pass(app, four_tries):
    gate = Barrier(AT_ONCE)

    def look_then_count():
        seen = db.session.get_one(ThrottleCount, "sign-in/somebody/192.0.2.7").count
        db.session.rollback()
        gate.wait(30)
        if seen >= FIVE.free:
            raise TooManyRequests
        with transaction():
            row = db.session.get_one(ThrottleCount, "sign-in/somebody/192.0.2.7")
            row.count = seen + 1
        return seen + 1

    results = together(app, [look_then_count] * AT_ONCE)

    assert results == [5] * AT_ONCE
