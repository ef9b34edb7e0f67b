"""Who was told when is filled in, from the outbox, for what waits for an answer."""

import itertools

import flask_migrate

from booking.foundation.db import db
from tests import conftest
from tests.migrations.test_family_payments import MIGRATIONS, ROWS, insert, rows

BEFORE, AFTER = "0034_job_runs", "0035_told"
WRITTEN, SENT = "2027-03-01 09:30:00.000000", "2027-03-01 09:31:00.000000"
#: By booking: its state, what became of the mails with its links, and when the family was told.
BOOKINGS = {
    1: ("invited", ["sent"], SENT),
    2: ("invited", ["failed"], None),
    3: ("invited", ["queued", "sent"], SENT),
    4: ("invited", ["gone"], WRITTEN),
    5: ("invited", [], None),
    6: ("withdrawn", ["sent"], None),
}
NUMBERS = itertools.count(1)
OFFERS = {1: ("open", "sent", SENT), 2: ("open", "failed", None), 3: ("accepted", "sent", None)}


def test_what_waits_for_an_answer_knows_when_it_was_told(make_app, empty_database):
    app = make_app(DATABASE_URL=empty_database)
    conftest.migrate(app, BEFORE)
    with app.app_context(), db.engine.execution_options(writing=True).begin() as connection:
        for table, row in ROWS[:3]:
            insert(connection, table, row)
        insert(connection, "parents", {"id": 1, "school_id": 1})
        links = 0
        for number, (state, mails, _) in BOOKINGS.items():
            insert(connection, "places", {"id": number, "event_id": 1, "number": number})
            insert(connection, "pupils", {"id": 10 + number, "school_id": 1})
            of_event = {"event_id": 1, "pupil_id": 10 + number, "school_id": 1}
            seated = {"place_id": number, "state": state, "invited_at": WRITTEN}
            insert(connection, "bookings", {"id": number, **of_event, **seated})
            for fate in mails:
                links += 1
                link = {"id": links, "parent_id": 1, "booking_id": number}
                insert(connection, "parent_links", link)
                mail(connection, f"invited:{links}", fate)
        for number, (state, fate, _) in OFFERS.items():
            made = {"id": number, "event_id": 1, "school_id": 1, "place_id": number}
            insert(connection, "offers", {**made, "state": state})
            mail(connection, f"place_offered:{number}:1", fate)

    conftest.migrate(app, AFTER)

    with app.app_context():
        told = dict(
            rows("SELECT id, SUBSTR(CAST(invitation_sent_at AS VARCHAR(40)), 1, 19) FROM bookings")
        )
        assert told == {number: at and at[:19] for number, (*_, at) in BOOKINGS.items()}
        told = dict(rows("SELECT id, SUBSTR(CAST(sent_at AS VARCHAR(40)), 1, 19) FROM offers"))
        assert told == {number: at and at[:19] for number, (*_, at) in OFFERS.items()}
        flask_migrate.downgrade(MIGRATIONS, BEFORE)


def mail(connection, key, state):
    """Write a line of the outbox, unless its 90 days are over."""
    if state != "gone":
        sent = {"sent_at": SENT} if state == "sent" else {}
        insert(connection, "messages", {"id": next(NUMBERS), "key": key, "state": state, **sent})
