"""These tests exist to ensure that our test setup makes sense."""

import socket
from contextlib import closing

import pytest
from sqlalchemy import text

from booking.foundation import clock
from booking.foundation.db import transaction
from tests.conftest import TERM_TIME_MORNING
from tests.loopback import NetworkForbidden


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("school.invalid", 25)])
def test_no_test_reaches_another_machine(address):
    with pytest.raises(NetworkForbidden):
        socket.getaddrinfo(*address)


def test_no_test_connects_to_another_machine():
    with closing(socket.socket()) as outgoing, pytest.raises(NetworkForbidden):
        outgoing.connect(("192.0.2.1", 80))


def test_loopback_may_be_reached():
    with (
        closing(socket.create_server(("127.0.0.1", 0))) as server,
        closing(socket.create_connection(server.getsockname(), timeout=1)) as outgoing,
    ):
        assert outgoing.getpeername() == server.getsockname()


@pytest.mark.parametrize("turn", ["first", "second"])
def test_each_test_starts_with_a_clean_database(db_session, turn):
    with transaction():
        db_session.execute(text("CREATE TABLE left_behind (id INTEGER)"))


def test_queries_are_counted(db_session, count_queries):
    with count_queries() as queries:
        db_session.execute(text("SELECT 1"))
    db_session.execute(text("SELECT 2"))

    assert queries.count("SELECT 1") == 1
    assert "SELECT 2" not in queries


def test_the_clock_stands_in_term_time(app):
    assert clock.today() == TERM_TIME_MORNING.date()


def test_the_database_is_the_one_asked_for(db_session, engine_kind):
    assert db_session.get_bind().dialect.name == engine_kind


@pytest.mark.postgres
def test_postgresql_runs_far_from_london(db_session):
    assert db_session.scalar(text("SHOW timezone")) == "Pacific/Auckland"


def test_warnings_are_errors(pytestconfig):
    """So a file, a socket or a connection that is left open fails the test that left it."""
    assert pytestconfig.getini("filterwarnings")[0] == "error"
