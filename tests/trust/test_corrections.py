"""What can no longer be changed is corrected by an addition or a reversal, as the texts promise."""

from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from booking.domain import ledger
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.on_the_day.incidents import refusals as incident_refusals
from booking.on_the_day.incidents import service as incidents
from booking.on_the_day.incidents.details import IncidentFacts
from tests.builders.events import make_event
from tests.builders.fund import make_grant
from tests.builders.incidents import write_incident
from tests.builders.rosters import expect_pupil
from tests.builders.schools import actor_of, make_person, make_school

DOCS = Path(__file__).parents[2] / "docs"
#: Where people are told so. Whoever words it anew looks at the tests below.
PROMISED = {
    DOCS / "privacy" / "impact-assessment.md": (
        "What can no longer be changed gets an addition (an incident) or a reversal with its "
        "reason (the ledger); the record of acts holds no content."
    ),
    DOCS / "guides" / "coordinator.md": (
        "An incident cannot be changed: open it under the event and add what is right."
    ),
}


def test_the_texts_promise_a_correction_by_addition_or_reversal():
    assert [path.name for path, words in PROMISED.items() if words not in path.read_text()] == []


def test_a_mistake_in_the_ledger_stays_and_its_reversal_says_why(db_session):
    entry = make_grant(pence=500)
    key, before = entry.key, [(line.account, line.pence) for line in entry.lines]
    for wrong in ("UPDATE entry_lines SET pence = pence * 2", "DELETE FROM entry_lines"):
        with pytest.raises(DatabaseError), transaction() as unit:
            unit.execute(text(wrong))
    db_session.rollback()
    facts = {"actor": COMMAND, "now": clock.now()}
    with pytest.raises(ledger.EntryReasonMissing), transaction():
        fund.reverse(**facts, entry=entry, reason="")

    with transaction():
        undone = fund.reverse(**facts, entry=entry, reason="Entered twice")

    db.session.rollback()
    assert (undone.reverses.key, undone.reason) == (key, "Entered twice")
    assert [(line.account, line.pence) for line in undone.reverses.lines] == before
    assert sorted((line.account, -line.pence) for line in undone.lines) == sorted(before)


def test_a_mistake_in_an_incident_that_was_read_stays_and_what_is_right_is_added(app, db_session):
    school, event = make_school(), make_event()
    booking = expect_pupil(event=event, school=school)
    reader = make_person(role=Role.COORDINATOR, school=school)
    host = make_person(role=Role.HOST, school=event.host_school)
    incident = write_incident(day=event.dates[0], by=host, about=[booking], what="Grazed a knee")
    at = incident.happened_at
    with transaction():
        incidents.note_read(actor=actor_of(reader), now=at, incident=incident)
    with pytest.raises(incident_refusals.TooLateToChange), transaction():
        incidents.change(
            actor=actor_of(host), now=at, incident=incident, happened=IncidentFacts(at, "An elbow")
        )

    with transaction():
        note = incidents.add(
            actor=actor_of(host), now=at, incident=incident, text="It was an elbow."
        )

    db.session.rollback()
    assert (incident.what, note.text) == ("Grazed a knee", "It was an elbow.")
