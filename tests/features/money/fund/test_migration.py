"""The ledger's guards can be added and removed, and running balances added later."""

import flask_migrate
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from booking.foundation.db import db, transaction
from tests.conftest import ROOT

GUARDED = "entries", "entry_lines", "ledger_seals", "audit_entries", "audit_seals"


def guards(table):
    """Return how many triggers of ours guard a table."""
    kinds = {
        "sqlite": "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table",
        "postgresql": "SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal "
        "AND tgrelid = to_regclass(:table)",
    }
    with db.engine.connect() as connection:
        kind = connection.dialect.name
        return connection.scalar(text(kinds[kind]), {"table": table})


def test_guards_come_off_and_go_on_again(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    with app.app_context():
        flask_migrate.upgrade(str(ROOT / "migrations"), "0010_append_only")
        first = [guards(table) for table in GUARDED]
        flask_migrate.downgrade(str(ROOT / "migrations"), "0009_rosters_and_feeds")
        none = [guards(table) for table in GUARDED]
        flask_migrate.upgrade(str(ROOT / "migrations"), "0010_append_only")

        assert min(first) >= 2
        assert none == [0] * len(GUARDED)
        assert [guards(table) for table in GUARDED] == first
        with pytest.raises(DatabaseError), transaction():
            db.session.execute(
                text(
                    "INSERT INTO entries (key, kind, description, entered_on, entered_at, reason, "
                    "school, line_count) VALUES ('half', 'grant', '', '2027-03-01', "
                    "'2027-03-01 09:30', '', '', 2)"
                )
            )


OLD_ENTRY = (
    "INSERT INTO entries (id, key, kind, description, entered_on, entered_at, reason, school, "
    "line_count) VALUES (:id, :key, 'grant', 'Rotary Club', '2027-03-01', '2027-03-01 09:30', '', "
    "'', 2)"
)
OLD_LINE = (
    "INSERT INTO entry_lines (entry_id, account, fund, pence, memo) "
    "VALUES (:id, :account, :fund, :pence, '')"
)
OLD_SEAL = (
    "INSERT INTO ledger_seals (first_id, last_id, previous_hash, hash, marks, sealed_at) "
    "VALUES (1, 2, 'a', 'b', '[]', '2027-03-01 10:00')"
)


def write_old_books(fund="cpd"):
    with transaction():
        for row_id in (1, 2, 3):
            db.session.execute(text(OLD_ENTRY), {"id": row_id, "key": f"grant:{row_id}"})
            for account, pence in (("assets:bank", 500), ("income:grants", -500)):
                facts = {"id": row_id, "account": account, "fund": fund, "pence": pence}
                db.session.execute(text(OLD_LINE), facts)
        db.session.execute(text(OLD_SEAL))


def test_books_that_were_kept_before_get_their_running_balances(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    with app.app_context():
        flask_migrate.upgrade(str(ROOT / "migrations"), "0014_cpd_bids")
        write_old_books()
        flask_migrate.upgrade(str(ROOT / "migrations"), "0015_ledger_balances")

        kept = db.session.execute(
            text("SELECT account, debit_pence, credit_pence, line_count FROM ledger_totals")
        )
        assert sorted(map(tuple, kept)) == [
            ("assets:bank", 1_000, 0, 2),
            ("income:grants", 0, 1_000, 2),
        ]
        assert db.session.scalar(text("SELECT count(*) FROM entry_lines")) == 6
        db.session.rollback()
        with pytest.raises(DatabaseError, match="append-only"), transaction():
            db.session.execute(text("DELETE FROM entry_lines"))


def test_way_back_keeps_every_line_but_knows_three_funds_only(make_app, empty_database, caplog):
    app = make_app(DATABASE_URL=empty_database)
    with app.app_context():
        flask_migrate.upgrade(str(ROOT / "migrations"), "0015_ledger_balances")
        write_old_books()
        flask_migrate.downgrade(str(ROOT / "migrations"), "0014_cpd_bids")
        assert db.session.scalar(text("SELECT count(*) FROM entry_lines")) == 6
        assert min(guards(table) for table in GUARDED) >= 2
        db.session.rollback()

        flask_migrate.upgrade(str(ROOT / "migrations"), "0015_ledger_balances")
        with transaction():
            db.session.execute(
                text(
                    "INSERT INTO funds (name, title, purpose, restricted) "
                    "VALUES ('legacy', 'Legacy', '', false)"
                )
            )
            db.session.execute(text(OLD_ENTRY), {"id": 9, "key": "grant:9"})
            for account, pence in (("assets:bank", 500), ("income:grants", -500)):
                facts = {"id": 9, "account": account, "fund": "legacy", "pence": pence}
                db.session.execute(text(OLD_LINE), facts)
        with pytest.raises(SystemExit):
            flask_migrate.downgrade(str(ROOT / "migrations"), "0014_cpd_bids")
        assert "The ledger has entries of the fund “legacy”. It cannot go back." in caplog.text
