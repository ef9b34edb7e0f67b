"""Ledger and audit rows are never changed or deleted, and an entry is complete or not there.

The session tells the programmer; the database tells everybody, in raw SQL too.
"""

import pytest
from sqlalchemy import delete, select, text, update
from sqlalchemy.exc import DatabaseError

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.audit.append_only import ChangeOfHistory
from booking.foundation.audit.models import AuditEntry, AuditSeal
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, EntryLine, LedgerSeal
from tests.builders.fund import make_grant, post

TABLES = ["entries", "entry_lines", "ledger_seals", "audit_entries", "audit_seals"]
ENTRY = """
    INSERT INTO entries (id, key, kind, description, entered_on, entered_at, reason, school,
                         line_count)
    VALUES (:id, :key, 'grant', 'Rotary Club', '2027-03-01', '2027-03-01 09:30:00', '', '', :lines)
"""
LINE = """
    INSERT INTO entry_lines (entry_id, account, fund, pence, memo)
    VALUES (:entry, :account, :fund, :pence, '')
"""
BANK, GRANTS = "assets:bank", "income:grants"


@pytest.fixture
def history(db_session):
    """One entry, audited, and both chains sealed."""
    entry = make_grant(pence=500)
    with transaction():
        fund.seal(now=clock.now())
        audit.seal(now=clock.now())
    return entry


def raw(db_session, *statements):
    """Run (sql, values) pairs in one transaction, as somebody at the database's own prompt."""
    with transaction():
        for sql, values in statements:
            db_session.execute(text(sql), values)


def entry(key, lines, row_id=900):
    return ENTRY, {"id": row_id, "key": key, "lines": lines}


def line(account, pence, of_fund="cpd", row_id=900):
    return LINE, {"entry": row_id, "account": account, "fund": of_fund, "pence": pence}


@pytest.mark.parametrize("table", TABLES)
def test_raw_update_is_refused(history, db_session, table):
    with pytest.raises(DatabaseError, match=f"{table} is append-only"):
        raw(db_session, (f"UPDATE {table} SET id = id + 100", {}))


@pytest.mark.parametrize("table", TABLES)
def test_raw_delete_is_refused(history, db_session, table):
    with pytest.raises(DatabaseError, match=f"{table} is append-only"):
        raw(db_session, (f"DELETE FROM {table}", {}))


@pytest.mark.postgres
@pytest.mark.parametrize("table", TABLES)
def test_truncate_is_refused(history, db_session, table):
    with pytest.raises(DatabaseError, match="is append-only"):
        raw(db_session, (f"TRUNCATE {table} CASCADE", {}))


@pytest.mark.sqlite
@pytest.mark.parametrize("table", TABLES)
def test_insert_or_replace_does_not_replace(history, db_session, table):
    # SQLite fires no delete trigger for the row that OR REPLACE takes out.
    columns = db_session.execute(text(f"PRAGMA table_info({table})")).mappings().all()
    names = ", ".join(column["name"] for column in columns)
    with pytest.raises(DatabaseError, match=r"is append-only|has all its lines"):
        raw(db_session, (f"INSERT OR REPLACE INTO {table} SELECT {names} FROM {table}", {}))


@pytest.mark.parametrize("model", [Entry, EntryLine, LedgerSeal, AuditEntry, AuditSeal])
def test_session_refuses_to_delete_a_row(history, db_session, model):
    with pytest.raises(ChangeOfHistory, match="append-only"), transaction():
        db_session.delete(db_session.scalars(select(model).limit(1)).one())


def test_session_refuses_to_change_an_entry(history, db_session):
    with pytest.raises(ChangeOfHistory, match="<Entry grant:1> is append-only"), transaction():
        db_session.scalars(select(Entry)).one().description = "Another club"


def test_session_refuses_one_more_line_of_an_old_entry(history, db_session):
    with pytest.raises(ChangeOfHistory), transaction():
        db_session.scalars(select(Entry)).one().lines.append(
            EntryLine(account=BANK, fund=Fund.CPD, pence=5)
        )
    with pytest.raises(fund.EntryNotWhole, match="never later"), transaction():
        db_session.add(EntryLine(entry_id=history.id, account=BANK, fund=Fund.CPD, pence=5))


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ([], "at least two lines"),
        ([(BANK, "cpd", 100)], "has 1 lines, not 2"),
        ([(BANK, "cpd", 100), (GRANTS, "cpd", -99)], "differ by 1 pence"),
        ([(BANK, "cpd", 100), (GRANTS, "events", -100)], "Within the fund “cpd”"),
        ([(BANK, "cpd", 100), ("income:lottery", "cpd", -100)], "income:lottery"),
    ],
    ids=["empty", "half", "lopsided", "across", "unknown"],
)
def test_session_refuses_an_entry_that_is_not_whole(db_session, lines, problem):
    rows = [EntryLine(account=account, fund=Fund(of), pence=pence) for account, of, pence in lines]
    with pytest.raises(fund.EntryNotWhole, match=problem), transaction():
        db_session.add(
            Entry(
                key="added",
                kind="grant",
                description="Rotary Club",
                entered_on=clock.today(),
                line_count=2,
                lines=rows,
            )
        )

    assert db_session.scalar(text("SELECT count(*) FROM entries")) == 0


@pytest.mark.sqlite
def test_posting_takes_as_many_steps_however_many_entries_there_are(db_session):
    post(grant(1))
    few = steps_of_posting(db_session, grant(2))
    with transaction():
        for number in range(3, 300):
            post(grant(number))
        # What ANALYZE has counted decides how SQLite reads tables.
        db_session.execute(text("ANALYZE"))
    db.engine.dispose()  # a connection learns that when it is opened

    assert steps_of_posting(db_session, grant(300)) <= few + 50


def grant(number):
    return ledger.grant(key=f"grant:{number}", pence=number, description="Rotary Club")


def steps_of_posting(db_session, draft):
    """Count the steps of SQLite's virtual machine for posting one entry."""
    counted = []
    with transaction():
        driver = db_session.connection().connection.driver_connection
        driver.set_progress_handler(lambda: counted.append(1), 1)
        post(draft)
        driver.set_progress_handler(None, 1)
    return len(counted)


@pytest.mark.parametrize("statement", [update(Entry).values(reason="x"), delete(EntryLine)])
def test_session_refuses_changes_of_many_rows(history, db_session, statement):
    with pytest.raises(ChangeOfHistory), transaction():
        db_session.execute(statement)


def test_whole_entry_in_raw_sql_is_taken(db_session):
    raw(db_session, entry("raw", 2), line(BANK, 100), line(GRANTS, -100))

    assert db_session.scalar(text("SELECT sum(pence) FROM entry_lines")) == 0


@pytest.mark.parametrize(
    "statements",
    [
        [entry("empty", 2)],
        [entry("half", 2), line(BANK, 100)],
        [entry("lopsided", 2), line(BANK, 100), line(GRANTS, -99)],
        [entry("across", 2), line(BANK, 100, "cpd"), line(GRANTS, -100, "events")],
        [entry("too-few", 3), line(BANK, 100), line(GRANTS, -100)],
        [entry("too-many", 2), line(BANK, 100), line(GRANTS, -50), line(GRANTS, -50)],
        [entry("single", 1), line(BANK, 100)],
    ],
    ids=lambda statements: statements[0][1]["key"],
)
def test_entry_that_is_not_whole_at_commit_is_refused(db_session, statements):
    with pytest.raises(DatabaseError):
        raw(db_session, *statements)

    assert db_session.scalar(text("SELECT count(*) FROM entries")) == 0


def test_balanced_lines_are_not_added_to_an_entry_later(history, db_session):
    with pytest.raises(DatabaseError):
        raw(
            db_session,
            line(BANK, 100, row_id=history.id),
            line(GRANTS, -100, row_id=history.id),
        )

    assert db_session.scalar(text("SELECT count(*) FROM entry_lines")) == 2


@pytest.mark.sqlite
def test_open_entry_is_not_closed_by_hand(db_session):
    with pytest.raises(DatabaseError, match="the entry is not whole"):
        raw(db_session, entry("half", 2), line(BANK, 100), ("DELETE FROM open_entries", {}))


@pytest.mark.sqlite
def test_whole_entry_leaves_no_row_open(history, db_session):
    assert db_session.scalar(text("SELECT count(*) FROM open_entries")) == 0


def test_line_without_its_entry_is_refused(db_session):
    with pytest.raises(DatabaseError):
        raw(db_session, line(BANK, 100, row_id=404), line(GRANTS, -100, row_id=404))
