"""Raise the invoices of an event, and record what is paid for them."""

from datetime import date, datetime

from booking.days.events import details as event_details
from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain import invoicing, ledger, payee
from booking.domain.charging import FeeKind
from booking.domain.invoicing import InvoiceState
from booking.domain.ledger import accounts
from booking.domain.payee import Payee
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.fund import locks as fund_locks
from booking.money.fund import service as fund
from booking.money.invoices import locks, queries, words
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.invoices.service import numbering


class NothingToBill(ValueError):
    """No school owes anything for this event, or not yet; the message says why."""


def raise_invoices(*, actor: Actor, now: datetime, event: Event, to: Payee) -> list[Invoice]:
    """Bill every school for its pupils at an event that is over; each school gets one invoice.

    They are paid `to` the network's account. From then on the debt is in the ledger, by the
    published breakdown of the fee. Doing it again only bills schools that were not billed before.
    Raises NothingToBill, and payee.PayeeMissing.
    """
    payee.check(to)
    event = event_locks.event(event.id)
    fund_locks.funds()  # numbers have no gaps, so two people may not count at once
    owing = _owing(event, now)
    first = numbering.next_number(now.astimezone(LONDON).date())
    made = []
    for nth, billed in enumerate(owing, start=first):
        invoice = numbering.made(
            nth=nth,
            now=now,
            school=billed.school,
            event=event,
            pupils=billed.pupils,
            each_pence=event.fee_pence,
            amount_pence=invoicing.amount(billed.pupils, event.fee_pence),
        )
        draft = ledger.school_invoice(
            key=key_of(invoice),
            amount_pence=invoice.amount_pence,
            parts=event_details.fee_parts(event),
            school=billed.school.slug,
        )
        numbering.post(invoice, draft, actor=actor, now=now)
        made.append(invoice)
    return made


def _owing(event: Event, now: datetime) -> list[queries.Billed]:
    if event.fee_kind is not FeeKind.PAID_BY_SCHOOL:
        raise NothingToBill("Schools do not pay for this event, so there is nothing to bill.")
    if event.state not in event_states.TAKES_PLACE:
        raise NothingToBill("This event did not take place, so there is nothing to bill.")
    if not event_states.is_over(event, now):
        raise NothingToBill("Schools can be billed once the event is over.")
    owing = queries.to_bill(event)
    if not owing:
        raise NothingToBill("Every school has already been billed for this event.")
    return owing


def record_payment(
    *, actor: Actor, now: datetime, invoice: Invoice, pence: int, account: str, paid_on: date
) -> InvoicePayment:
    """Record money received from a school for an invoice, all of it or part of it.

    Raises domain.InvoiceNotPayable, MoveNotAllowed (of one cancelled), fund.DateInFuture,
    ledger.YearIsClosed.
    """
    invoice = locks.invoice(invoice.id)
    if invoice.state is not InvoiceState.RAISED:
        raise invoicing.MoveNotAllowed("invoice", invoice.state, InvoiceState.PAID)
    paid, state = invoicing.after_payment(
        amount_pence=invoice.amount_pence, paid_pence=invoice.paid_pence, pence=pence
    )
    payment = InvoicePayment(
        invoice_id=invoice.id, pence=pence, account=account, paid_on=paid_on, recorded_at=now
    )
    debtor = accounts.due_from_school(invoice.school.slug)
    due = queries.due_by_fund([key_of(invoice), *map(payment_key, invoice.payments)], debtor)
    if pence > sum(due.values()):
        raise invoicing.InvoiceNotPayable(
            "The ledger does not hold this debt any more, because something was reversed there. "
            "Undo its payments here, or cancel the invoice and bill again."
        )
    db.session.add(payment)
    db.session.flush()
    draft = ledger.school_invoice_paid(
        key=payment_key(payment),
        amount_pence=pence,
        due=due,
        school=invoice.school.slug,
        account=account,
    )
    fund.post(actor=actor, now=now, draft=draft, event_id=invoice.event_id, entered_on=paid_on)
    invoice.paid_pence, invoice.state = paid, state
    audit.record(
        actor=actor,
        action="record_invoice_payment",
        subject=invoice,
        school_id=invoice.school_id,
        now=now,
        number=words.number_of(invoice),
        paid_pence=pence,
    )
    return payment


def key_of(invoice: Invoice) -> str:
    """Return the key of its entry in the ledger."""
    return f"invoice:{invoice.public_id}"


def payment_key(payment: InvoicePayment) -> str:
    """Return the key of a payment's entry in the ledger."""
    return f"invoice-paid:{payment.public_id}"
