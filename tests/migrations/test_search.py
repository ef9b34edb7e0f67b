"""Migration 0041: entries that are there already are found by their size."""

import flask_migrate
from sqlalchemy import select

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.foundation.db import db
from booking.money.fund.models import Entry, EntrySize
from tests import conftest
from tests.builders.fund import make_grant, post


def test_sizes_of_entries_that_were_there_are_worked_out(app, db_session):
    make_grant(pence=1_250)
    post(ledger.opening_balance(key="opening", amounts={Fund.CPD: 5_000, Fund.ADMIN: 700}))
    post(ledger.transfer(key="t", pence=60, source=Fund.ADMIN, target=Fund.CPD, reason="Lent"))
    before = sizes()
    db_session.rollback()

    flask_migrate.downgrade(str(conftest.ROOT / "migrations"), "0040_late_changes")
    flask_migrate.upgrade(str(conftest.ROOT / "migrations"))

    assert sizes() == before == {"grant:1": 1_250, "opening": 5_700, "t": 60}


def sizes():
    """Return the size that is kept for each entry, by key."""
    found = select(Entry.key, EntrySize.pence).join(EntrySize)
    return {key: pence for key, pence in db.session.execute(found)}
