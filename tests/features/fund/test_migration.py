"""The guards of the ledger can be put on, taken off and put on again."""

import flask_migrate
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from booking.db import db, transaction
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
