"""A clean database is what the migrations left, whatever the test before did to it."""

import os
import shutil

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DatabaseError

from booking.foundation.db import db, transaction
from booking.money.fund.models import Entry, FundRow
from booking.people.schools.models import School
from tests.builders import fund, schools
from tests.trust import contents

pytestmark = pytest.mark.sqlite


@pytest.fixture
def swept(app, db_session, test_database):
    """Give a way to sweep the database, as between two tests; it says whether it could."""

    def sweep():
        db_session.rollback()
        db_session.expunge_all()
        return test_database.empty()

    return sweep


def test_everything_that_was_written_is_gone_and_first_numbers_are_given_again(swept):
    assert swept()
    clean, first = contents.of_tables(), schools.make_school().id
    fund.make_grant(pence=12_000)
    with transaction() as session:
        session.delete(session.scalars(select(FundRow)).first())

    assert swept()
    assert contents.of_tables() == clean
    assert schools.make_school().id == first


def test_others_still_meet_every_trigger(swept):
    fund.make_grant(pence=12_000)
    assert swept()
    fund.make_grant(pence=12_000)

    with pytest.raises(DatabaseError, match="append-only"), transaction() as session:
        session.execute(text("DELETE FROM entry_lines"))
    assert db.session.scalar(select(func.count()).select_from(Entry)) == 1


def test_a_table_that_was_changed_is_not_swept(swept):
    assert swept()
    with transaction() as session:
        session.execute(text("DROP TRIGGER entries_no_delete"))

    assert not swept()


def test_nor_is_a_file_that_was_replaced(swept, test_database):
    assert swept()
    shutil.copyfile(test_database.template, test_database.folder / "restored.db")
    os.replace(test_database.folder / "restored.db", test_database.path)

    assert not swept()


def test_nor_what_somebody_is_writing(swept, db_session):
    assert swept()
    engine = db_session.get_bind()
    with engine.connect() as other:
        other.exec_driver_sql("INSERT INTO throttle_counts SELECT * FROM throttle_counts")
        assert not swept()
        other.rollback()
    schools.make_school()
    assert db_session.scalar(select(func.count()).select_from(School)) == 1
