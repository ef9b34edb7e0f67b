"""Payments of every kind, taken to the bank, and the browser of the treasurer."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bank import service as bank
from booking.money.bank.models import BankLine
from booking.money.cash import service as cash
from booking.money.checkout import service as checkout
from booking.money.clearing import service as clearing
from booking.money.payments.demo_processor import books as demo_books
from tests.builders import checkout as families
from tests.builders import schools
from tests.builders.bank import make_statement

#: Appears in every name and address of a family, and nowhere else.
CANARY = "zqnobody"


@dataclass
class Bench:
    """A school's families at one event, and ways to take their money to the bank."""

    event: object
    school: object

    def family(self, number=1):
        """Give one more family, which has answered everything."""
        found = families.make_family(
            self.event,
            school=self.school,
            forename=f"{CANARY}-{number}",
            parent_name=f"{CANARY} Okoro",
            parent_email=f"{CANARY}{number}@parents.example",
        )
        families.answer(found)
        return found

    def by_hand(self, method, pence=600, number=1):
        """Record money that the school took."""
        booking = self.family(number).booking
        with transaction():
            return checkout.receive_money(
                actor=COMMAND,
                now=clock.now(),
                booking=booking,
                method=method,
                amount_pence=pence,
                reference=f"{CANARY} family",
            )

    def at_bank(self, key, pence, words="FROM SOMEBODY"):
        """Import a bank line and match it with an entry."""
        make_statement((clock.today(), words, pence))
        with transaction():
            line = db.session.scalars(select(BankLine).where(BankLine.pence == pence)).one()
            bank.match(actor=COMMAND, now=clock.now(), lines=[line.public_id], entries=[key])
        return db.session.scalars(select(BankLine).where(BankLine.pence == pence)).one()

    def pay_out(self):
        """Let the card processor pay out all it holds; return the payout's id there."""
        with transaction():
            made = demo_books.pay_out(now=clock.now())
        clearing.reconcile_payouts(clock.now())
        return made.id

    def take_to_bank(self, payments, reference="000123"):
        """Take payments to the bank on one slip."""
        with transaction():
            return cash.bank(
                actor=COMMAND,
                now=clock.now(),
                school=self.school,
                listed=[payment.public_id for payment in payments],
                listed_pence=sum(payment.amount_pence for payment in payments),
                reference=reference,
                banked_on=clock.today(),
            )


@pytest.fixture
def bench(app, db_session, network):
    """Give an event that asks for £6.00, and a school with families."""
    school = schools.make_school(name="Tindlebrook Primary School", slug="tindlebrook")
    event = families.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, title="Fossil hunt")
    return Bench(event, school)
