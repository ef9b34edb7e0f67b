"""How the demonstration is seeded."""

import pytest

from booking.cli.demo import seeding
from booking.foundation.db import db, transaction


@pytest.mark.sqlite
def test_seeding_waits_for_no_disk_and_what_comes_after_it_does(db_session):
    def synchronous():
        with transaction() as unit:
            return unit.connection().exec_driver_sql("PRAGMA synchronous").scalar()

    with seeding.without_waiting_for_the_disk():
        assert [synchronous() for _ in range(3)] == [0, 0, 0]

    assert [synchronous() for _ in range(3)] == [2, 2, 2]


def test_seeding_that_fails_leaves_a_database_that_keeps_its_word(db_session):
    with pytest.raises(ZeroDivisionError), seeding.without_waiting_for_the_disk():
        raise ZeroDivisionError

    if db.engine.dialect.name == "sqlite":
        assert db.session.connection().exec_driver_sql("PRAGMA synchronous").scalar() == 2
