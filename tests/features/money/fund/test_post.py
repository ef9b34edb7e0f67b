"""Entries are written once, balanced, and never twice under one key."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from booking.domain import ledger
from booking.domain.charging import FeePart
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import transaction
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, EntryLine
from tests.builders import events

GRANT = ledger.grant(key="grant:rotary", pence=50_000, description="Rotary Club")


def post(draft, **facts):
    with transaction():
        return fund.post(actor=COMMAND, now=clock.now(), draft=draft, **facts)


def counted(session, model):
    return session.scalar(select(func.count()).select_from(model))


def test_posted_entry_keeps_every_line_of_its_draft(db_session):
    entry = post(GRANT)

    kept = db_session.scalars(
        select(EntryLine).where(EntryLine.entry_id == entry.id).order_by(EntryLine.id)
    ).all()
    assert [(line.account, line.fund, line.pence) for line in kept] == [
        ("assets:bank", Fund.CPD, 50_000),
        ("income:grants", Fund.CPD, -50_000),
    ]
    assert (entry.kind, entry.entered_on, entry.line_count) == ("grant", date(2027, 3, 1), 2)


def test_posted_entry_is_in_the_audit_trail(db_session):
    entry = post(GRANT)

    found = db_session.scalars(select(AuditEntry).where(AuditEntry.action == "post_entry")).one()
    assert (found.subject_id, found.facts["key"]) == (str(entry.id), "grant:rotary")


def test_payment_keeps_what_each_part_is_for(db_session):
    event = events.make_event(fee_pence=600)
    draft = ledger.payment(
        key="payment:1",
        amount_pence=600,
        parts=[FeePart("materials", 600, Fund.EVENTS)],
        fee_kind=event.fee_kind,
        event=event.slug,
        school="ashdale-primary",
    )

    entry = post(draft)

    assert (entry.event_id, entry.school) == (event.id, "ashdale-primary")
    assert [line.memo for line in entry.lines] == ["", "materials"]


def test_same_entry_posted_again_changes_nothing(db_session):
    first = post(GRANT)
    again = post(GRANT)

    assert again.id == first.id
    assert (counted(db_session, Entry), counted(db_session, EntryLine)) == (1, 2)


def test_other_lines_under_the_same_key_are_refused(db_session):
    post(GRANT)

    with pytest.raises(fund.KeyTaken, match="another entry under “grant:rotary”"):
        post(ledger.grant(key="grant:rotary", pence=60_000, description="Rotary Club"))
    assert counted(db_session, Entry) == 1


def test_unbalanced_entry_is_refused_and_nothing_is_written(db_session):
    with pytest.raises(ledger.Unbalanced):
        post(replace(GRANT, lines=(GRANT.lines[0], replace(GRANT.lines[1], pence=-1))))
    assert counted(db_session, Entry) == 0


def test_date_in_the_future_is_refused(db_session):
    with pytest.raises(fund.DateInFuture, match="in the future"):
        post(GRANT, entered_on=date(2027, 3, 2))
    assert counted(db_session, Entry) == 0


def test_event_that_is_not_there_is_refused(db_session):
    with pytest.raises(fund.NoSuchEvent, match="no event “moon-day”"):
        post(replace(GRANT, event="moon-day"))
