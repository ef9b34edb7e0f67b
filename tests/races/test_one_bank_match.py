"""Several treasurers at once: a statement is imported once, and a line is matched once."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bank import queries as bank_queries
from booking.money.bank import service as bank
from booking.money.bank.imports.carried import Carried
from booking.money.bank.models import BankLine, BankMatch, BankStatement, MatchedEntry
from booking.money.fund.models import Entry
from tests.builders.bank import lines, make_statement
from tests.builders.fund import make_grant
from tests.races.together import errors, together, writing

CROWD = 4


@pytest.fixture
def line(app, db_session):
    """A bank line, and as many grants of its amount as there are treasurers."""
    make_statement((clock.today(), "BGC", 600))
    for _ in range(CROWD):
        make_grant(pence=600)
    found = db_session.scalars(select(BankLine.public_id)).one()
    db_session.rollback()
    return found


def grants():
    keys = list(db.session.scalars(select(Entry.key).order_by(Entry.id)))
    db.session.rollback()
    return keys


def matched_entries():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(MatchedEntry))


def test_without_the_lock_one_line_is_matched_with_several_entries(app, line):
    gate = Barrier(CROWD)

    def work(key):
        def match():
            found = bank_queries.line_by_public_id(line)
            entry_id = db.session.scalars(select(Entry.id).where(Entry.key == key)).one()
            assert found.match_id is None
            db.session.rollback()
            gate.wait(30)
            with transaction():
                found = bank_queries.line_by_public_id(line)
                made = BankMatch(lines=[found], entries=[MatchedEntry(entry_id=entry_id)])
                db.session.add(made)

        return match

    together(app, [work(key) for key in grants()])
    assert matched_entries() > 1


def test_one_line_matched_by_many_at_once_is_matched_once(app, line):
    def work(key):
        return lambda: (
            bank.match(actor=COMMAND, now=clock.now(), lines=[line], entries=[key]).public_id
        )

    results = together(app, [writing(work(key)) for key in grants()])

    assert errors(results) == ["AlreadyMatched"] * (CROWD - 1)
    assert matched_entries() == 1
    assert db.session.scalar(select(func.count()).select_from(BankMatch)) == 1


def test_one_file_imported_by_many_at_once_is_imported_once(app, db_session):
    carried = Carried("bank.csv", "f" * 64, lines([(clock.today(), "BGC", 600)] * 2))
    db_session.rollback()

    def work():
        return bank.import_statement(
            actor=COMMAND, now=clock.now(), carried=carried, closing_pence=1_500
        ).public_id

    results = together(app, [writing(work)] * CROWD)

    assert errors(results) == ["SameFile"] * (CROWD - 1)
    assert db.session.scalar(select(func.count()).select_from(BankStatement)) == 1
    held = db.session.scalars(select(BankLine.pence).order_by(BankLine.id)).all()
    assert held == [300, 600, 600]
