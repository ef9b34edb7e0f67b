"""The card processor's tables keep their rows when they get its name, and when they lose it."""

from collections.abc import Callable
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import MetaData, Table, inspect, text

from booking.foundation.db import db
from tests import conftest

MIGRATIONS = str(conftest.ROOT / "migrations")
BEFORE, AFTER = "0021_index_of_reversals", "0022_say_which_bank"
RENAMED = {
    "bank_sessions": "demo_sessions",
    "bank_movements": "demo_movements",
    "bank_disputes": "demo_disputes",
    "bank_payouts": "demo_payouts",
    "bank_watch": "processor_watch",
}
NOW = "2027-03-01 09:30:00.000000"
ROWS: dict[str, dict[str, Any]] = {
    "bank_sessions": {
        "id": "s_1",
        "idempotency_key": "k",
        "reference": "r",
        "amount_pence": 600,
        "description": "Charge",
        "note": "",
        "success_url": "/paid",
        "cancel_url": "/paid",
        "status": "complete",
        "pays_at": NOW,
        "declined": False,
        "slow": True,
        "refunds": '{"refund:1": 200}',
        "expires_at": NOW,
        "created_at": NOW,
    },
    "bank_movements": {
        "id": "txn_1",
        "kind": "charge",
        "amount_pence": 600,
        "fee_pence": 29,
        "source_id": "charge_1",
        "session_id": "s_1",
        "made_at": NOW,
        "payout_id": None,
    },
    "bank_disputes": {
        "id": "d_1",
        "session_id": "s_1",
        "amount_pence": 400,
        "state": "needs_answer",
        "due_at": NOW,
        "opened_at": NOW,
        "closed_at": None,
    },
    "bank_payouts": {
        "id": "p_1",
        "amount_pence": 571,
        "state": "coming",
        "arrives_on": "2027-03-03",
        "created_at": NOW,
    },
    "bank_watch": {
        "id": 1,
        "messages_until": NOW,
        "payouts_until": None,
        "balance_pence": 571,
        "balance_at": NOW,
    },
}


@pytest.fixture
def before(make_app: Callable[..., Flask], empty_database: str) -> Flask:
    """Provide an application whose tables have the old names, with a row in each."""
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS.items():
            names, marks = ", ".join(row), ", ".join(f":{name}" for name in row)
            connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), row)
    return app


def held(table: str) -> list[dict[str, Any]]:
    with db.engine.connect() as connection:
        found = Table(table, MetaData(), autoload_with=connection)
        return [dict(row) for row in connection.execute(found.select()).mappings()]


def names_of(table: str) -> set[str]:
    """The names of a table's indexes and constraints."""
    seen = inspect(db.engine)
    found = [*seen.get_indexes(table), *seen.get_unique_constraints(table)]
    found += [seen.get_pk_constraint(table), *seen.get_check_constraints(table)]
    return {str(each["name"]) for each in found}


def test_every_row_is_found_again_under_the_new_name(before: Flask) -> None:
    with before.app_context():
        old = {table: held(table) for table in RENAMED}
        old_names = {table: names_of(table) for table in RENAMED}

    conftest.migrate(before, AFTER)

    with before.app_context():
        assert all(old.values())
        assert {table: held(RENAMED[table]) for table in RENAMED} == old
        for table, new in RENAMED.items():
            assert names_of(new) == {name.replace(table, new) for name in old_names[table]}
        assert not set(RENAMED) & set(inspect(db.engine).get_table_names())


def test_taken_back_every_row_is_found_under_the_old_name(before: Flask) -> None:
    with before.app_context():
        old = {table: (held(table), names_of(table)) for table in RENAMED}
    conftest.migrate(before, AFTER)

    with before.app_context():
        flask_migrate.downgrade(MIGRATIONS, BEFORE)

        assert {table: (held(table), names_of(table)) for table in RENAMED} == old
        assert not set(RENAMED.values()) & set(inspect(db.engine).get_table_names())
    conftest.migrate(before, AFTER)
