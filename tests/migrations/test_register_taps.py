"""Old marks of a register stay what they were, there and back."""

import flask_migrate

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, ROWS, insert, rows

BEFORE, AFTER = "0059_incidents", "0060_register_taps"


def test_who_was_there_arrived_and_who_was_not_is_not_here(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS[:3]:
            insert(connection, table, row)
        day = {"event_id": 1, "number": 1, "ends_at": "2027-03-01 15:00:00"}
        insert(connection, "event_dates", {"id": 1, **day})
        for number, present in ((1, True), (2, False)):
            insert(connection, "places", {"id": number, "event_id": 1, "number": number})
            insert(connection, "pupils", {"id": 10 + number, "school_id": 1})
            of_event = {"event_id": 1, "pupil_id": 10 + number, "school_id": 1}
            seated = {"place_id": number, "state": "attended" if present else "absent"}
            insert(connection, "bookings", {"id": number, **of_event, **seated})
            mark = {"id": number, "booking_id": number, "date_id": 1, "present": present}
            insert(connection, "register_marks", mark)

    conftest.migrate(app, AFTER)

    told = [(1, "arrived"), (2, "not_here")]
    with app.app_context():
        assert rows("SELECT booking_id, arrival FROM register_marks ORDER BY id") == told
        assert rows("SELECT booking_id, mark FROM register_taps ORDER BY booking_id") == told
        flask_migrate.downgrade(MIGRATIONS, BEFORE)
        found = rows("SELECT booking_id, present FROM register_marks ORDER BY id")
        assert [(number, bool(there)) for number, there in found] == [(1, True), (2, False)]
