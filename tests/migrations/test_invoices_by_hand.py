"""Invoices for events keep their places, payments and amounts, up and down again."""

import flask_migrate
import pytest
from sqlalchemy.exc import IntegrityError

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, ROWS, insert, rows

BEFORE, AFTER = "0036_diet_notes", "0037_invoices_by_hand"
BILLED = {"school_year": "2026/27", "school_id": 1, "event_id": 1, "raised_on": "2026-11-01"}
PLACES = {"pupils": 3, "each_pence": 600, "paid_pence": 700, "due_on": "2026-12-01"}
BY_HAND = {"title": "Subscription", "amount_pence": 5000, "paid_pence": 0, "state": "raised"}


@pytest.fixture
def migrated(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS[:3]:
            insert(connection, table, row)
        insert(connection, "invoices", {"id": 1, "nth": 1, **BILLED, **PLACES, "state": "raised"})
        insert(connection, "invoice_payments", {"id": 1, "invoice_id": 1, "pence": 700})
    conftest.migrate(app, AFTER)
    return app


def written(**facts):
    row = {"id": 2, "nth": 2, **BILLED, "due_on": "2026-12-01", **BY_HAND, **facts}
    with db.engine.execution_options(writing=True).begin() as connection:
        insert(connection, "invoices", {**row, "event_id": None, "public_id": f"p{row['id']}"})


def test_what_was_billed_for_an_event_stays_as_it_was(migrated):
    with migrated.app_context():
        assert rows("SELECT event_id, pupils, amount_pence, paid_pence, title FROM invoices") == [
            (1, 3, 1800, 700, "")
        ]
        assert rows("SELECT invoice_id, pence FROM invoice_payments") == [(1, 700)]


def test_going_back_keeps_it_and_lets_go_of_what_was_written_by_hand(migrated):
    with migrated.app_context():
        written()
        flask_migrate.downgrade(MIGRATIONS, BEFORE)
        assert rows("SELECT id, event_id, pupils, each_pence, paid_pence FROM invoices") == [
            (1, 1, 3, 600, 700)
        ]
        assert rows("SELECT invoice_id, pence FROM invoice_payments") == [(1, 700)]


@pytest.mark.parametrize(
    "facts",
    [
        {"amount_pence": 0},
        {"paid_pence": 5001},
        {"title": ""},
        {"pupils": 2, "each_pence": 2500},
        {"id": 3, "nth": 3},
        {"state": "owed"},
    ],
)
def test_the_database_refuses_what_cannot_be(migrated, facts):
    with migrated.app_context():
        if facts.get("id"):
            written()
        with pytest.raises(IntegrityError):
            written(**facts)
