"""Payments from before they had lines keep their booking, their refunds and their amounts."""

from collections.abc import Callable
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import inspect, text

from booking.foundation.db import db
from tests import conftest

MIGRATIONS = str(conftest.ROOT / "migrations")
BEFORE, AFTER = "0011_season_plans", "0012_family_payments"
NOW = "2027-03-01 09:30:00"


@pytest.fixture
def before(make_app: Callable[..., Flask], empty_database: str) -> Flask:
    """Provide an application whose payments are of one booking each, with two of them there."""
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS:
            insert(connection, table, row)
    return app


def insert(connection: Any, table: str, row: dict[str, Any]) -> None:
    """Write a row; everything else that a table requires is filled with something."""
    columns = {c["name"]: c for c in inspect(connection).get_columns(table)}
    filled = {
        name: f"{table}-{row['id']}" if "CHAR" in str(c["type"]).upper() else 0
        for name, c in columns.items()
        if not c["nullable"] and c["default"] is None and name not in row
    }
    for name in filled:
        kind = str(columns[name]["type"]).upper()
        if "TIME" in kind or "DATE" in kind:
            filled[name] = NOW
        elif "BOOL" in kind:
            filled[name] = False
        elif "JSON" in kind:
            filled[name] = "[]"
    values = {**filled, **row}
    names = ", ".join(values)
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({marks})"), values)


def money(row: dict[str, Any], *, refunded: int = 0) -> dict[str, Any]:
    return {"method": "card", "amount_pence": 600, "refunded_pence": refunded, **row}


ROWS: list[tuple[str, dict[str, Any]]] = [
    ("schools", {"id": 1, "phase": "primary", "low_year": 1, "high_year": 6}),
    ("pupils", {"id": 1, "school_id": 1, "year_group": 5}),
    (
        "events",
        {
            "id": 1,
            "host_school_id": 1,
            "low_year": 1,
            "high_year": 6,
            "places": 5,
            "host_places": 0,
            "sharing": "first_come",
            "basis": "first_come",
            "guarantee": 0,
            "state": "published",
            "fee_kind": "charge",
            "fee_pence": 600,
        },
    ),
    ("bookings", {"id": 1, "event_id": 1, "pupil_id": 1, "school_id": 1, "state": "withdrawn"}),
    ("bookings", {"id": 2, "event_id": 1, "pupil_id": 1, "school_id": 1, "state": "declined"}),
    ("payments", money({"id": 1, "booking_id": 1, "event_id": 1, "state": "paid"})),
    (
        "payments",
        money({"id": 2, "booking_id": 2, "event_id": 1, "state": "part_refunded"}, refunded=200),
    ),
    ("refunds", {"id": 1, "payment_id": 2, "amount_pence": 200, "state": "succeeded"}),
]


def rows(statement: str) -> list[tuple[Any, ...]]:
    with db.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(statement))]


def dangling() -> list[tuple[Any, ...]]:
    return rows("PRAGMA foreign_key_check") if db.engine.dialect.name == "sqlite" else []


LINES = "SELECT payment_id, number, booking_id, event_id, amount_pence, refunded_pence "


def test_every_payment_gets_one_line_and_its_refunds_are_of_it(before: Flask) -> None:
    conftest.migrate(before, AFTER)

    with before.app_context():
        assert rows(LINES + "FROM payment_lines ORDER BY id") == [
            (1, 1, 1, 1, 600, 0),
            (2, 1, 2, 1, 600, 200),
        ]
        of_lines = "SELECT payment_lines.payment_id, refunds.amount_pence FROM refunds "
        of_lines += "JOIN payment_lines ON payment_lines.id = refunds.line_id"
        assert rows(of_lines) == [(2, 200)]
        assert dangling() == []


def test_a_payment_of_one_line_can_be_taken_back_to_the_older_tables(before: Flask) -> None:
    conftest.migrate(before, AFTER)

    with before.app_context():
        flask_migrate.downgrade(MIGRATIONS, BEFORE)

        found = "SELECT id, booking_id, event_id, refunded_pence FROM payments ORDER BY id"
        assert rows(found) == [(1, 1, 1, 0), (2, 2, 1, 200)]
        assert rows("SELECT id, payment_id, amount_pence FROM refunds") == [(1, 2, 200)]
        assert dangling() == []
    conftest.migrate(before, AFTER)


def test_a_payment_for_two_bookings_is_not_squeezed_into_the_older_tables(
    before: Flask, caplog: pytest.LogCaptureFixture
) -> None:
    conftest.migrate(before, AFTER)
    second = {
        "id": 9,
        "payment_id": 1,
        "number": 2,
        "booking_id": 2,
        "event_id": 1,
        "amount_pence": 100,
        "refunded_pence": 0,
    }
    with before.app_context():
        with db.engine.execution_options(writing=True).begin() as connection:
            insert(connection, "payment_lines", second)

        with pytest.raises(SystemExit):
            flask_migrate.downgrade(MIGRATIONS, BEFORE)

        assert "Payment 1 is for several bookings" in caplog.text
        assert len(rows("SELECT id FROM payment_lines")) == 3
