"""The school year of a year group is filled in if it is known, and otherwise left empty."""

import flask_migrate
from sqlalchemy import text

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, insert

BEFORE, AFTER = "0027_pointed_columns", "0028_year_groups_of_a_year"
#: School 1 moved up for 2026/27, school 2 never did.
MOVE = {"id": 1, "school_id": 1, "school_year": "2026/27", "moved_at": "2026-09-10 09:00:00"}
ADDED = {
    1: (1, "2025-02-01 09:00:00", "2026/27"),
    2: (1, "2026-10-01 09:00:00", "2026/27"),
    3: (2, "2025-10-01 09:00:00", "2025/26"),
    4: (2, "2026-08-27 09:00:00", None),
    5: (2, "2026-08-31 23:30:00", "2026/27"),  # 1 September in London
    6: (1, "2026-08-27 09:00:00", "2026/27"),
}


def test_what_is_known_is_filled_in_and_the_rest_stays_open(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    # SQLite keeps UTC and no offset.
    utc = "+00" if app.config["DATABASE_URL"].startswith("postgresql") else ""
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for school_id in (1, 2):
            school = {"id": school_id, "phase": "primary", "low_year": 1, "high_year": 6}
            insert(connection, "schools", school)
        insert(connection, "year_moves", MOVE)
        for id_, (school_id, added_at, _) in ADDED.items():
            pupil = {"id": id_, "school_id": school_id, "year_group": 5, "added_at": added_at + utc}
            insert(connection, "pupils", pupil)

    conftest.migrate(app, AFTER)

    with app.app_context():
        found = db.session.execute(text("SELECT id, school_year FROM pupils")).all()
        assert {id_: year for id_, year in found} == {i: year for i, (*_, year) in ADDED.items()}
        settled = text("SELECT settled_at = moved_at FROM year_moves")
        assert db.session.scalar(settled)
        db.session.rollback()
        flask_migrate.downgrade(MIGRATIONS, BEFORE)
