"""Parents keep their pupils when an address is no longer needed; several may have none."""

import flask_migrate
from sqlalchemy import text

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, ROWS, insert, rows

BEFORE, AFTER = "0046_ideas", "0047_asked_on_paper"


def test_parents_and_what_refers_to_them_stay(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS[:3]:
            insert(connection, table, row)
        insert(connection, "parents", {"id": 1, "school_id": 1, "email": "sam@parents.example"})
        family = "INSERT INTO pupil_parents (pupil_id, parent_id) VALUES (1, 1)"
        connection.execute(text(family))

    conftest.migrate(app, AFTER)

    with app.app_context():
        with db.engine.execution_options(writing=True).begin() as connection:
            for id_ in (2, 3):
                insert(connection, "parents", {"id": id_, "school_id": 1, "email": ""})
        found = "SELECT parent_id, email FROM pupil_parents JOIN parents ON id = parent_id"
        assert rows(found) == [(1, "sam@parents.example")]
        flask_migrate.downgrade(MIGRATIONS, BEFORE)
        assert [email for (email,) in rows("SELECT email FROM parents ORDER BY id")] == [
            "sam@parents.example",
            "none-2@paper.invalid",
            "none-3@paper.invalid",
        ]
        assert rows(found) == [(1, "sam@parents.example")]
