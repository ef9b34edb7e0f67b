"""A worker that is started first waits for its database, and says so once a minute."""

import pytest

from booking.worker import waiting
from tests import conftest


def after(tries, *, problem="the database does not answer"):
    """Return what is ready after so many tries."""
    left = [tries]

    def make():
        if left[0]:
            left[0] -= 1
            raise waiting.NotReady(problem)
        return "ready"

    return make


def test_what_is_there_is_not_waited_for():
    assert waiting.until_ready(after(0), sleep=pytest.fail) == "ready"


def test_the_pauses_grow_and_a_minute_passes_between_two_lines_in_the_log(caplog):
    pauses = []

    assert waiting.until_ready(after(9), sleep=pauses.append) == "ready"

    assert pauses == [1, 2, 4, 8, 15, 30, 30, 30, 30]
    assert caplog.messages == ["the worker is waiting: the database does not answer"] * 3


def test_a_migrated_database_is_ready(app):
    waiting.check_database(app)


def test_an_empty_database_is_waited_for_until_it_has_been_migrated(make_app, empty_database):
    another = make_app(DATABASE_URL=empty_database)
    with pytest.raises(waiting.NotReady, match="is empty"):
        waiting.check_database(another)

    conftest.migrate(another)

    waiting.check_database(another)


def test_an_older_database_is_waited_for(make_app, empty_database):
    another = make_app(DATABASE_URL=empty_database)
    conftest.migrate(another, "0015_ledger_balances")

    with pytest.raises(waiting.NotReady, match="is at 0015_ledger_balances, and this version"):
        waiting.check_database(another)


def test_a_database_that_does_not_answer_is_waited_for(make_app, tmp_path):
    another = make_app(DATABASE_URL=f"sqlite:///{tmp_path}")  # a folder is no database

    with pytest.raises(waiting.NotReady, match="does not answer"):
        waiting.check_database(another)


def test_a_queue_that_does_not_answer_is_waited_for():
    def refuse():
        raise OSError("no route to the queue")

    with pytest.raises(waiting.NotReady, match="the queue does not answer"):
        waiting.made(refuse)
