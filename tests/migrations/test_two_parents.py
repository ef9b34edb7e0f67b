"""Whose answer an older one is, is filled in where only one parent ever had a link, and by it."""

import flask_migrate

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, ROWS, insert, rows

BEFORE, AFTER = "0031_taken_back", "0032_two_parents"
#: By booking: the parents with links, how consent came, and whose the answers then are.
BOOKINGS = {
    1: ([1], ["link"], 1),
    2: ([1, 2], ["link"], None),
    3: ([1], ["paper"], None),
    4: ([2, 2], ["link", "link"], 2),
    5: ([1], ["link", "paper"], None),
}


def test_an_answer_is_a_parents_own_only_where_that_is_known(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS[:3]:
            insert(connection, table, row)
        for id_ in (1, 2):
            insert(connection, "parents", {"id": id_, "school_id": 1})
        of_event = {"event_id": 1, "pupil_id": 1, "school_id": 1, "state": "withdrawn"}
        links = consents = 0
        for booking_id, (parents, channels, _) in BOOKINGS.items():
            insert(connection, "bookings", {"id": booking_id, **of_event})
            for parent_id in parents:
                links += 1
                link = {"id": links, "parent_id": parent_id, "booking_id": booking_id}
                insert(connection, "parent_links", link)
            for channel in channels:
                consents += 1
                given = {"id": consents, "booking_id": booking_id, "channel": channel}
                insert(connection, "consents", {**given, "given": True})
            told = {"id": booking_id, "booking_id": booking_id}
            columns = {"photo": "none", "collection": "school", "diets": "[]"}
            insert_needs(connection, {**told, **columns})

    conftest.migrate(app, AFTER)

    with app.app_context():
        whose = {booking_id: by for booking_id, (*_, by) in BOOKINGS.items()}
        found = rows("SELECT booking_id, told_by_id, day_by_id FROM needs")
        assert {booking_id: by for booking_id, by, _ in found} == whose
        assert {booking_id: by for booking_id, _, by in found} == whose
        assert set(rows("SELECT facts_digest FROM consents")) == {("",)}
        flask_migrate.downgrade(MIGRATIONS, BEFORE)


def insert_needs(connection, row):
    """Write the needs of a booking, which have no number of their own."""
    told = {name: value for name, value in row.items() if name != "id"}
    insert(connection, "needs", {**told, "answered_at": "2027-03-01 09:30:00"})
