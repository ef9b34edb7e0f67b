"""What the treasurer and the lead do: refunds, cash, invoices, and events that are closed."""

from collections.abc import Callable
from typing import Any

from flask import current_app
from sqlalchemy import select

from bench.year.world import World
from booking.days.events.models import Event, EventState
from booking.domain import ledger, payee
from booking.domain.charging import FeeKind
from booking.domain.invoicing import InvoiceState
from booking.domain.payee import Payee
from booking.domain.payment_states import HELD, RefundState
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.cash import queries as cash_queries
from booking.money.cash import service as cash
from booking.money.checkout import service as checkout
from booking.money.fund import service as fund
from booking.money.invoices import service as invoices
from booking.money.invoices.models import Invoice
from booking.money.payments.models import Method, Payment, PaymentLine, Refund
from booking.people.schools.models import School

TREASURER, LEAD = "treasurer@fairplace.example", "lead@fairplace.example"
#: Chances of one day.
REFUNDS, BANKS, BILLS, IS_PAID = 0.04, 0.4, 0.3, 0.1


class Office:
    """The treasurer and the lead at their desks."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.treasurer, self.lead = world.actors[TREASURER], world.actors[LEAD]

    def every_day(self) -> None:
        """Do what an office does on a day."""
        self._refunds()
        if clock.today().weekday() == 0:
            self._monday()

    def _refunds(self) -> None:
        """Give money back, see some of it come back, and hand cash over."""
        world = self.world
        lines = select(PaymentLine.id).join(Payment).where(Payment.state.in_(HELD))
        line_id, pence = self.world.some(lines, REFUNDS), world.dice.choice((None, 50, 100))
        if line_id is not None:
            world.act(
                "refund",
                lambda: checkout.refund(
                    actor=self.lead,
                    now=clock.now(),
                    line=db.session.get_one(PaymentLine, line_id),
                    reason="Asked for",
                    amount_pence=pence,
                ),
            )
        failed = self.world.some(select(Refund.id).where(Refund.state == RefundState.FAILED), 0.3)
        if failed is not None:
            world.act("try a refund again", lambda: self._about_refund(checkout.try_again, failed))
        by_hand = (
            select(Refund.id)
            .join(Refund.payment)
            .where(Refund.state == RefundState.REQUESTED, Payment.method != Method.CARD)
        )
        for refund_id in world.ids(by_hand):
            if world.happens(0.3):
                world.act(
                    "hand cash back",
                    lambda refund_id=refund_id: self._about_refund(  # type: ignore[misc]
                        checkout.give_back_by_hand, refund_id
                    ),
                )

    def _about_refund(self, act: Callable[..., object], refund_id: int) -> object:
        refund = db.session.get_one(Refund, refund_id)
        return act(actor=self.lead, now=clock.now(), refund=refund)

    def _monday(self) -> None:
        """Take cash to the bank, bill schools, close what is over."""
        world = self.world
        for school_id in world.schools.values():
            if world.happens(BANKS):
                world.act("bank cash", lambda school_id=school_id: self._bank(school_id))  # type: ignore[misc]
        over = select(Event.id).where(
            Event.state == EventState.PUBLISHED, Event.last_ends_at < clock.now()
        )
        for event_id in world.ids(over):
            if world.happens(BILLS):
                self._bill_or_close(event_id)
        for invoice_id in world.ids(select(Invoice.id).where(Invoice.state == InvoiceState.RAISED)):
            if world.happens(IS_PAID):
                world.act(
                    "an invoice is paid",
                    lambda invoice_id=invoice_id: self._receive(invoice_id),  # type: ignore[misc]
                )

    def _bank(self, school_id: int) -> None:
        """Take a school's whole cash box to the bank."""
        listed = cash_queries.to_bank(school_id)
        if not listed:
            raise cash.ListChanged
        cash.bank(
            actor=self.world.coordinator_of(school_id),
            now=clock.now(),
            school=db.session.get_one(School, school_id),
            listed=[item.payment.public_id for item in listed],
            listed_pence=sum(item.pence for item in listed),
            reference=f"slip {self.world.done['bank cash']}",
            banked_on=clock.today(),
        )

    def _bill_or_close(self, event_id: int) -> None:
        world = self.world
        by_schools = db.session.get_one(Event, event_id).fee_kind is FeeKind.PAID_BY_SCHOOL
        db.session.rollback()
        if by_schools:
            world.act(
                "raise invoices",
                lambda: invoices.raise_invoices(**self._about(event_id), to=self._payee()),
            )
        world.act(
            "close an event",
            lambda: fund.close_event(**self._about(event_id), reason="Fewer came."),
        )

    def _about(self, event_id: int) -> dict[str, Any]:
        event = db.session.get_one(Event, event_id)
        return {"actor": self.lead, "now": clock.now(), "event": event}

    def _payee(self) -> Payee:
        return payee.of_settings(current_app.config)

    def _receive(self, invoice_id: int) -> None:
        """Record that a school has paid what it still owes."""
        invoice = db.session.get_one(Invoice, invoice_id)
        invoices.record_payment(
            actor=self.treasurer,
            now=clock.now(),
            invoice=invoice,
            pence=invoice.amount_pence - invoice.paid_pence,
            account=ledger.accounts.BANK,
            paid_on=clock.today(),
        )
