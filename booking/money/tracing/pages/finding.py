"""What the page of a search shows: plain rows, each with its link."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from booking.domain import invoicing
from booking.foundation.web import addresses
from booking.money.bank.models import BankLine
from booking.money.checkout.queries import PaidPlace
from booking.money.fund.models import Entry
from booking.money.fund.ports import EntryHome
from booking.money.payments.models import Payment
from booking.money.tracing.pages.way import METHODS, WayStep, of_entry
from booking.money.tracing.queries import Finding


@dataclass(frozen=True)
class NamedRow:
    """Something with this name or reference."""

    words: str
    url: str = ""
    pence: int | None = None
    on: date | None = None


def named(found: Finding, paid_for: Mapping[int, Sequence[PaidPlace]]) -> list[NamedRow]:
    """Return what has a name or a reference, without the name of a family."""
    rows = [
        NamedRow(f"The event {event.title}", addresses.FUND_EVENT(slug=event.slug))
        for event in found.events
    ]
    rows += [NamedRow(f"The school {school.name}") for school in found.schools]
    rows += [_payment(payment, paid_for.get(payment.id, [])) for payment in found.payments]
    rows += [
        NamedRow(
            "A payout of card payments",
            addresses.FUND_PAYOUT(payout_id=payout.gateway_id),
            payout.amount_pence,
            payout.arrives_on,
        )
        for payout in found.payouts
    ]
    rows += [
        NamedRow(
            f"Paying-in slip {slip.reference}",
            addresses.FUND_SLIP(public_id=slip.public_id),
            slip.amount_pence,
            slip.banked_on,
        )
        for slip in found.slips
    ]
    rows += [
        NamedRow(
            f"Invoice {invoicing.number(invoice.school_year, invoice.nth)}",
            addresses.INVOICE(public_id=invoice.public_id),
            None,
            invoice.raised_on,
        )
        for invoice in found.invoices
    ]
    rows += [
        NamedRow(
            "Payment of an invoice",
            addresses.FUND_PAYMENT(public_id=payment.public_id),
            payment.pence,
            payment.paid_on,
        )
        for payment in found.invoice_payments
    ]
    return rows


def _payment(payment: Payment, places: Sequence[PaidPlace]) -> NamedRow:
    words = "; ".join([METHODS[payment.method], *(place.words for place in places)])
    on = (payment.paid_at or payment.opened_at).date()
    return NamedRow(
        words, addresses.FUND_PAYMENT(public_id=payment.public_id), payment.amount_pence, on
    )


def listed(movements: Sequence[Entry | BankLine], homes: Mapping[str, EntryHome]) -> list[WayStep]:
    """Return entries and bank lines as rows; an entry leads to the page of what made it."""
    return [
        _line(each) if isinstance(each, BankLine) else of_entry(each, homes.get(each.key))
        for each in movements
    ]


def _line(line: BankLine) -> WayStep:
    url = addresses.FUND_BANK_LINE(public_id=line.public_id)
    return WayStep(line.moved_on, "Bank line", line.description, line.pence, url)
