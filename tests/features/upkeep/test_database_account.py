"""Whether the database knows the site by its account or a certificate, and not by a password."""

import os

import pytest
from sqlalchemy import create_engine

from booking.foundation.db import db, transaction
from booking.upkeep import database_account
from booking.upkeep.database_account import HowLetIn
from booking.upkeep.details import Level


def test_who_is_let_in_without_asking_is_wrong_and_a_password_is_to_be_replaced():
    def level(by_password, method):
        return database_account.judged(HowLetIn(by_password, method)).level

    assert level(by_password=False, method="") is Level.BROKEN
    assert level(by_password=True, method="scram-sha-256") is Level.WATCH
    assert level(by_password=True, method=None) is Level.WATCH
    assert level(by_password=False, method="peer") is Level.WELL
    assert level(by_password=False, method="cert") is Level.WELL
    assert level(by_password=False, method=None) is Level.WELL


def test_a_file_needs_no_account_and_the_tests_server_knows_ours(db_session):
    if os.environ.get("TEST_POSTGRES_URL"):
        pytest.skip("a named server lets us in as it likes")

    assert database_account.sign().level is Level.WELL


@pytest.mark.postgres
def test_who_comes_with_a_password_is_told_so(db_session):
    with transaction() as session:
        session.connection().exec_driver_sql("DROP ROLE IF EXISTS by_password")
        session.connection().exec_driver_sql("CREATE ROLE by_password LOGIN PASSWORD 'a b c'")
    url = db.engine.url.set(username="by_password", password="a b c")
    other = create_engine(url)
    try:
        with other.connect() as connection:
            found = database_account.let_in(connection)
    finally:
        other.dispose()
        with transaction() as session:
            session.connection().exec_driver_sql("DROP ROLE by_password")

    assert found.by_password
    assert found.method in {"scram-sha-256", None}
