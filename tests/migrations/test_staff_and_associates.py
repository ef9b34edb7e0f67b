"""Handovers under way survive the tables of roles being made again, there and back."""

import flask_migrate
import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, ROWS, insert, rows

BEFORE, AFTER = "0088_heads", "0089_staff_and_associates"
NOW = "2026-10-01 10:00:00.000000+00:00"
REPLACES = "SELECT replaces_id, role FROM invitation_roles"


def write(statement):
    with db.engine.execution_options(writing=True).begin() as connection:
        connection.execute(text(statement))


def test_a_handover_under_way_still_knows_which_role_it_ends(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context():
        with db.engine.execution_options(writing=True).begin() as connection:
            for table, row in ROWS[:3]:
                insert(connection, table, row)
        write(
            "INSERT INTO people (id, public_id, name, email, mobile, password_hash, hints_read,"
            f" created_at) VALUES (7, 'seven', 'Ann', 'a@b.example', '', '!', '', '{NOW}')"
        )
        write(
            "INSERT INTO role_grants (id, public_id, person_id, role, school_id, granted_at)"
            f" VALUES (5, 'five', 7, 'coordinator', 1, '{NOW}')"
        )
        write(
            "INSERT INTO invitations (id, public_id, token_hash, email, name, invited_at,"
            f" expires_at) VALUES (3, 'three', 'h', 'c@d.example', 'Cy', '{NOW}', '{NOW}')"
        )
        write(
            "INSERT INTO invitation_roles (id, invitation_id, role, school_id, event_title,"
            " replaces_id) VALUES (1, 3, 'coordinator', 1, '', 5)"
        )

    conftest.migrate(app, AFTER)

    with app.app_context():
        assert rows(REPLACES) == [(5, "coordinator")]
        write(
            "INSERT INTO role_grants (id, public_id, person_id, role, institution, granted_at)"
            f" VALUES (6, 'six', 7, 'associate', 'Tallow Hill College', '{NOW}')"
        )
        for wrong in ("'associate', ''", "'staff', ''", "'coordinator', 'A college'"):
            with pytest.raises(IntegrityError):
                write(
                    "INSERT INTO role_grants (public_id, person_id, role, institution, granted_at)"
                    f" VALUES ('w', 7, {wrong}, '{NOW}')"
                )
        flask_migrate.downgrade(MIGRATIONS, BEFORE)
        assert rows(REPLACES) == [(5, "coordinator")]
        assert rows("SELECT id FROM role_grants") == [(5,)]
