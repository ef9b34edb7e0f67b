"""Several people undo the same thing at once: it is undone once, and its entry reversed once."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.days.places.models import Booking
from booking.domain.charging import FeeKind
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.cash import queries as cash_queries
from booking.money.cash import service as cash_service
from booking.money.checkout import service as checkout
from booking.money.checkout.models import PayIn
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry
from booking.money.invoices import queries as invoice_queries
from booking.money.invoices import service as invoices
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.payments.models import Method, PaymentLine
from booking.people.schools.models import School
from tests.builders import checkout as build
from tests.builders import invoices as invoice_builders
from tests.builders import schools
from tests.races.together import errors, together, writing

CROWD = 4
WHY = "It never came."


def held(account):
    db.session.rollback()
    return sum(fund_queries.held_by_fund(account).values())


def reversals():
    db.session.rollback()
    found = select(func.count()).where(Entry.reverses_id.is_not(None))
    return db.session.scalar(found)


@pytest.fixture
def paid(app, db_session):
    """An invoice of £12.00 that was paid in two parts; the first was a mistake."""
    schools.make_terms()
    [invoice] = invoice_builders.raise_for(invoice_builders.make_event({schools.make_school(): 2}))
    first = invoice_builders.pay(invoice, 500)
    invoice_builders.pay(invoice, 700)
    found = invoice.id, first.id
    db_session.rollback()
    return found


def naive(paid, gate):
    """Look first, write later, as an application without our lock would."""
    invoice_id, payment_id = paid

    def work():
        before = db.session.get_one(Invoice, invoice_id).paid_pence
        is_undone = db.session.get_one(InvoicePayment, payment_id).undone_at is not None
        db.session.rollback()
        gate.wait(30)
        if not is_undone:
            with transaction() as unit:
                unit.get_one(InvoicePayment, payment_id).undone_at = clock.now()
                unit.get_one(Invoice, invoice_id).paid_pence = before - 500
                unit.flush()
            return "undone"
        return "refused"

    return work


def test_without_the_lock_everybody_believes_to_have_undone_it(app, paid):
    gate = Barrier(CROWD)

    results = together(app, [naive(paid, gate)] * CROWD)

    assert results.count("undone") > 1


def test_an_invoice_payment_is_taken_back_once(app, paid):
    def work():
        payment = db.session.get_one(InvoicePayment, paid[1])
        invoices.undo_payment(actor=COMMAND, now=clock.now(), payment=payment, reason=WHY)

    results = together(app, [writing(work)] * CROWD)

    assert errors(results) == ["AlreadyUndone"] * (CROWD - 1)
    assert reversals() == 1
    assert db.session.get_one(Invoice, paid[0]).paid_pence == 700


def test_a_payment_is_taken_back_while_another_one_comes(app, paid):
    """Whoever comes second counts from what the first has left."""

    def undo():
        payment = db.session.get_one(InvoicePayment, paid[1])
        invoices.undo_payment(actor=COMMAND, now=clock.now(), payment=payment, reason=WHY)

    def pay():
        invoice = db.session.get_one(Invoice, paid[0])
        invoices.record_payment(
            actor=COMMAND,
            now=clock.now(),
            invoice=invoice,
            pence=500,
            account=accounts.BANK,
            paid_on=clock.today(),
        )

    results = together(app, [writing(undo), writing(pay)])

    assert errors(results) in ([], ["MoveNotAllowed"])
    db.session.rollback()
    invoice = invoice_queries.by_public_id(db.session.get_one(Invoice, paid[0]).public_id)
    standing = sum(row.pence for row in invoice.payments if row.undone_at is None)
    assert invoice.paid_pence == standing == 1200 - (500 if errors(results) else 0)
    assert held(accounts.due_from_school(invoice.school.slug)) == 1200 - standing


@pytest.fixture
def cash(app, db_session):
    """£6.00 in cash of a family: the payment's line and its school."""
    schools.make_terms()
    family = build.make_family(build.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    with transaction():
        payment = checkout.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.get_one(Booking, family.booking.id),
            method=Method.CASH,
            amount_pence=600,
        )
    found = payment.lines[0].id, family.booking.school_id
    db_session.rollback()
    return found


def undo_receipt(line_id):
    def work():
        line = db.session.get_one(PaymentLine, line_id)
        checkout.undo_receipt(actor=COMMAND, now=clock.now(), line=line, reason=WHY)

    return writing(work)


def bank(school_id):
    def work():
        school = db.session.get_one(School, school_id)
        [item] = cash_queries.to_bank(school_id) or [None]
        cash_service.bank(
            actor=COMMAND,
            now=clock.now(),
            school=school,
            listed=[item.payment.public_id] if item else ["gone"],
            listed_pence=600,
            reference="000123",
            banked_on=clock.today(),
        )

    return writing(work)


def test_a_receipt_is_taken_back_once(app, cash):
    results = together(app, [undo_receipt(cash[0])] * CROWD)

    assert errors(results) == ["AlreadyUndone"] * (CROWD - 1)
    assert (reversals(), held(accounts.CASH)) == (1, 0)


def test_cash_is_banked_or_taken_back_and_not_both(app, cash):
    results = together(app, [undo_receipt(cash[0]), bank(cash[1])])

    assert errors(results) in (["NotUndoable"], ["ListChanged"])
    assert held(accounts.CASH) == 0
    assert held(accounts.BANK) == (600 if errors(results) == ["NotUndoable"] else 0)


def test_a_slip_is_taken_back_once(app, cash):
    bank(cash[1])()
    slip_id = db.session.scalars(select(PayIn.id)).one()
    db.session.rollback()

    def work():
        pay_in = db.session.get_one(PayIn, slip_id)
        cash_service.undo(actor=COMMAND, now=clock.now(), pay_in=pay_in, reason=WHY)

    results = together(app, [writing(work)] * CROWD)

    assert errors(results) == ["AlreadyUndone"] * (CROWD - 1)
    assert (reversals(), held(accounts.CASH), held(accounts.BANK)) == (1, 600, 0)
