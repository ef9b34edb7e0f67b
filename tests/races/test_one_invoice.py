"""Many clicks on "Raise the invoices" at once: each school is billed once, numbers have no gap."""

import itertools
from threading import Barrier

import pytest
from sqlalchemy import func, select, text

from booking.days.events.models import Event
from booking.domain import ledger
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund.models import Entry
from booking.money.invoices import queries as invoice_queries
from booking.money.invoices import service as invoices
from booking.money.invoices.models import Invoice
from tests.builders import invoices as build
from tests.builders import schools
from tests.races.together import errors, together, writing

CROWD = 5
#: What the naive way numbers by: its invoices meet at the school and the event only.
NUMBERS = itertools.count(1)


@pytest.fixture
def event_id(app, db_session):
    """An event at which three schools had pupils."""
    schools.make_terms()
    found = build.make_event({schools.make_school(): count for count in (1, 2, 3)}).id
    db_session.rollback()
    return found


def counted(of=Invoice):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(of))


def naive(event_id, gate):
    """Look first and write later, as an application without our lock would."""

    def work():
        event, now = db.session.get_one(Event, event_id), clock.now()
        owing = [(billed.school.id, billed.pupils) for billed in invoice_queries.to_bill(event)]
        db.session.rollback()
        gate.wait(30)
        with transaction():
            for school_id, pupils in owing:
                db.session.add(
                    Invoice(
                        school_year="2026/27",
                        nth=next(NUMBERS),
                        school_id=school_id,
                        event_id=event_id,
                        pupils=pupils,
                        each_pence=600,
                        amount_pence=600 * pupils,
                        paid_pence=0,
                        raised_on=clock.today(),
                        due_on=clock.today(),
                        raised_at=now,
                    )
                )
                db.session.flush()

    return work


def test_without_lock_and_index_schools_are_billed_many_times(app, event_id):
    with transaction() as session:
        session.execute(text("DROP INDEX uq_invoices_live"))
    gate = Barrier(CROWD)
    together(app, [naive(event_id, gate)] * CROWD)
    assert counted() > 3


def test_the_database_alone_bills_each_school_once(app, event_id):
    gate = Barrier(CROWD)
    results = together(app, [naive(event_id, gate)] * CROWD)
    assert errors(results) == ["IntegrityError"] * (CROWD - 1)
    assert counted() == 3


def test_invoices_raised_many_times_at_once_are_raised_once(app, event_id):
    def work():
        event = db.session.get_one(Event, event_id)
        return len(
            invoices.raise_invoices(actor=COMMAND, now=clock.now(), event=event, to=build.PAYEE)
        )

    results = together(app, [writing(work)] * CROWD)

    assert errors(results) == ["NothingToBill"] * (CROWD - 1)
    assert counted() == 3
    posted = select(func.count()).where(Entry.kind == ledger.EntryKind.SCHOOL_INVOICE.value)
    assert db.session.scalar(posted) == 3


def test_events_billed_at_once_get_numbers_without_a_gap(app, event_id):
    school = schools.make_school()
    ids = [event_id, *(build.make_event({school: 1}, title=f"Day {n}").id for n in range(3))]
    db.session.rollback()

    def raising(of):
        return writing(
            lambda: len(
                invoices.raise_invoices(
                    actor=COMMAND,
                    now=clock.now(),
                    event=db.session.get_one(Event, of),
                    to=build.PAYEE,
                )
            )
        )

    assert errors(together(app, [raising(of) for of in ids])) == []
    db.session.rollback()
    numbers = sorted(db.session.scalars(select(Invoice.nth)))
    assert numbers == list(range(1, 7))
