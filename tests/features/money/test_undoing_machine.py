"""Whatever is recorded and undone, in any order: pages and ledger always say the same.

A school pays invoices, takes cash and banks it, hands it back, claims CPD money and is paid; each
of that is undone at random, some of it twice, and some entries are reversed by hand where that may
be done. The oracle below adds up what the pages say by itself, from the rows alone; the ledger has
to hold exactly that after every step.

FAIRPLACE_EXAMPLES=500 looks longer, FAIRPLACE_STEPS=80 further.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import invoicing
from booking.domain.bidding import BidState
from booking.domain.bidding import MoveNotAllowed as BidMoveNotAllowed
from booking.domain.charging import FeeKind
from booking.domain.ledger import accounts
from booking.domain.payment_states import HELD
from booking.domain.payment_states import MoveNotAllowed as MoneyMoveNotAllowed
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import service as bids
from booking.money.bids.models import Bid
from booking.money.cash import queries as cash_queries
from booking.money.cash import service as cash
from booking.money.checkout import service as checkout
from booking.money.checkout.models import PayIn, PayInPayment
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry
from booking.money.invoices import service as invoices
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.payments import service as payments
from booking.money.payments.models import Method, Payment, PaymentLine, Refund
from booking.people.schools.models import School
from tests import machines
from tests.builders import bids as bid_builders
from tests.builders import checkout as families
from tests.builders import invoices as invoice_builders
from tests.builders import schools
from tests.builders.fund import make_grant
from tests.conftest import dispose

#: What a step may say no to; nothing else may go wrong.
REFUSALS = (
    fund.NotUndoable,
    fund.MadeElsewhere,
    fund.AlreadyReversed,
    fund.NotEnoughMoney,
    invoicing.InvoiceNotPayable,
    invoicing.MoveNotAllowed,
    BidMoveNotAllowed,
    MoneyMoveNotAllowed,
    checkout.MoreThanAsked,
    checkout.NothingAsked,
    payments.MoreThanLeft,
    payments.NothingToRefund,
    payments.NotWaiting,
    cash.ListChanged,
)
GRANT = 100_000
ANY = st.integers(0, 20)
WHY = "It was a mistake."


class Books(RuleBasedStateMachine):
    """A treasurer and a school that make and undo mistakes."""

    app: Any
    database: Any

    def __init__(self) -> None:
        super().__init__()
        dispose(self.app)
        self.database.bring_back()
        self.context = self.app.app_context()
        self.context.push()

    def teardown(self) -> None:
        db.session.rollback()
        db.session.remove()
        self.context.pop()

    def _rows(self, model: type, number: int) -> Any:
        rows: Sequence[Any] = db.session.scalars(select(model).order_by(model.id)).all()
        return rows[number % len(rows)] if rows else None

    def _act(self, act: Callable[[], object]) -> bool:
        done = False
        with suppress(*REFUSALS), transaction():
            act()
            done = True
        db.session.rollback()
        return done

    def _undo(self, row: Any, act: Callable[..., object], name: str) -> None:
        """Undo something; at once a second time, which is always refused."""
        if row is None:
            return
        facts = {"actor": COMMAND, "now": clock.now(), name: row, "reason": WHY}
        if self._act(lambda: act(**facts)):
            with pytest.raises(fund.NotUndoable), transaction():
                act(**facts)
            db.session.rollback()

    # Acts.

    @rule(number=ANY, pence=st.sampled_from([100, 500, 700, 1200]))
    def pay_an_invoice(self, number: int, pence: int) -> None:
        invoice = self._rows(Invoice, number)
        self._act(
            lambda: invoices.record_payment(
                actor=COMMAND,
                now=clock.now(),
                invoice=invoice,
                pence=pence,
                account=accounts.BANK,
                paid_on=clock.today(),
            )
        )

    @rule(number=ANY, pence=st.sampled_from([100, 300, 600]))
    def take_cash(self, number: int, pence: int) -> None:
        asked = (
            select(Booking)
            .join(Booking.event)
            .where(Event.fee_kind == FeeKind.VOLUNTARY_CONTRIBUTION)
        )
        bookings = db.session.scalars(asked.order_by(Booking.id)).all()
        booking = bookings[number % len(bookings)]
        self._act(
            lambda: checkout.receive_money(
                actor=COMMAND,
                now=clock.now(),
                booking=booking,
                method=Method.CASH,
                amount_pence=pence,
            )
        )

    @rule(number=ANY, pence=st.sampled_from([100, 300, 600]), undo=st.booleans())
    def take_cash_and_bank_it(self, number: int, pence: int, undo: bool) -> None:
        self.take_cash(number=number, pence=pence)
        self.bank_the_cash()
        if undo:
            self.undo_a_slip(number=number)

    @rule(number=ANY, undo=st.booleans())
    def give_all_back(self, number: int, undo: bool) -> None:
        self.want_money_back(number=number, pence=100)
        self.hand_back(number=number)
        if undo:
            self.undo_a_refund(number=number)

    @rule()
    def bank_the_cash(self) -> None:
        school = db.session.get_one(School, self._rows(Booking, 0).school_id)
        listed = cash_queries.to_bank(school.id)
        if listed:
            self._act(
                lambda: cash.bank(
                    actor=COMMAND,
                    now=clock.now(),
                    school=school,
                    listed=[item.payment.public_id for item in listed],
                    listed_pence=sum(item.pence for item in listed),
                    reference="000123",
                    banked_on=clock.today(),
                )
            )

    @rule(number=ANY, pence=st.sampled_from([50, 100, 600]))
    def want_money_back(self, number: int, pence: int) -> None:
        if line := self._rows(PaymentLine, number):
            self._act(
                lambda: checkout.refund(
                    actor=COMMAND, now=clock.now(), line=line, reason="Asked", amount_pence=pence
                )
            )

    @rule(number=ANY)
    def hand_back(self, number: int) -> None:
        if refund := self._rows(Refund, number):
            self._act(
                lambda: checkout.give_back_by_hand(actor=COMMAND, now=clock.now(), refund=refund)
            )

    @rule(number=ANY)
    def pay_a_bid(self, number: int) -> None:
        bid = self._rows(Bid, number)
        self._act(
            lambda: bids.pay(
                actor=COMMAND,
                now=clock.now(),
                bid=bid,
                account=accounts.BANK,
                paid_on=clock.today(),
            )
        )

    # Undoings.

    @rule(number=ANY)
    def undo_an_invoice_payment(self, number: int) -> None:
        self._undo(self._rows(InvoicePayment, number), invoices.undo_payment, "payment")

    @rule(number=ANY, sure=st.integers(0, 3))
    def cancel_an_invoice(self, number: int, sure: int) -> None:
        if sure == 0:
            self._undo(self._rows(Invoice, number), invoices.cancel, "invoice")

    @rule(number=ANY)
    def undo_a_receipt(self, number: int) -> None:
        self._undo(self._rows(PaymentLine, number), checkout.undo_receipt, "line")

    @rule(number=ANY)
    def undo_a_refund(self, number: int) -> None:
        self._undo(self._rows(Refund, number), checkout.undo_refund, "refund")

    @rule(number=ANY)
    def undo_a_slip(self, number: int) -> None:
        self._undo(self._rows(PayIn, number), cash.undo, "pay_in")

    @rule(number=ANY)
    def undo_a_bid(self, number: int) -> None:
        self._undo(self._rows(Bid, number), bids.undo_payment, "bid")

    @rule(number=ANY)
    def reverse_in_the_ledger(self, number: int) -> None:
        """Only what no page made can be reversed there: here, nothing but the grant."""
        entry = self._rows(Entry, number)
        is_made = not entry.key.startswith("grant:")
        facts = {"actor": COMMAND, "now": clock.now(), "entry": entry, "reason": WHY}
        if is_made and entry.kind != "reversal":
            with pytest.raises(fund.MadeElsewhere), transaction():
                fund.reverse(**facts)
            db.session.rollback()

    # What is always true.

    @invariant()
    def pages_and_ledger_agree(self) -> None:
        """Compare the accounts with what the rows say, and ask the doctor."""
        db.session.rollback()
        banked = sum(row.amount_pence for row in self._all(PayIn) if row.undone_at is None)
        assert sum(row.pence for row in self._all(PayInPayment)) == banked
        owed, from_schools = self._invoices()
        spent = sum(row.claimed_pence for row in self._all(Bid) if row.state is BidState.SPENT)
        kept = sum(row.amount_pence - row.refunded_pence for row in self._payments())
        expected = {
            accounts.BANK: GRANT + banked + from_schools - spent,
            accounts.CASH: kept - banked,
            accounts.due_from_school("larkrise"): owed,
        }
        found = {name: sum(fund_queries.held_by_fund(name).values()) for name in expected}
        assert found == expected
        problems = [
            text
            for check in machines.checks()
            if "seal" not in check.promise
            for text in check.problems()
        ]
        assert problems == []
        db.session.rollback()

    def _all(self, model: type) -> Sequence[Any]:
        return db.session.scalars(select(model)).all()

    def _payments(self) -> list[Payment]:
        states = HELD | {"refunded"}
        return [row for row in self._all(Payment) if row.state in states]

    def _invoices(self) -> tuple[int, int]:
        """Return what schools owe, and what they have paid, by the rows."""
        owed = paid = 0
        for invoice in self._all(Invoice):
            came = sum(row.pence for row in invoice.payments if row.undone_at is None)
            live = invoice.state is not invoicing.InvoiceState.CANCELLED
            assert invoice.paid_pence == came
            owed += (invoice.amount_pence if live else 0) - came
            paid += came
        return owed, paid


@pytest.fixture
def books(app, test_database):
    """Two invoices, two families that may give money, and two claims; remembered for each run."""
    with app.app_context():
        _build()
        db.session.remove()
    return machines.remembered(Books, app, test_database)


def _build() -> None:
    schools.make_network(schools=0)
    school = schools.make_school(slug="larkrise")
    for _ in range(2):
        invoice_builders.raise_for(invoice_builders.make_event({school: 2}))
    for booking in db.session.scalars(select(Booking)):
        assert booking.school_id == school.id
    walk = families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    for number in range(2):
        families.make_family(
            walk,
            school=school,
            parent_email=f"p{number}@parents.example",
            forename=f"Pupil{number}",
        )
    make_grant(pence=GRANT)
    lead = schools.person_of("lead@fairplace.example")
    applicant = schools.make_person(role=Role.COORDINATOR, school=school)
    for _ in range(2):
        bid = bid_builders.make_bid(school=school, applicant=applicant)
        bid_builders.approve(bid, lead)
        bid_builders.claim(bid)


@pytest.mark.machine
def test_pages_and_ledger_agree_whatever_is_recorded_and_undone(books, engine_kind):
    machines.run(books, engine_kind=engine_kind, examples=10, steps=25)
