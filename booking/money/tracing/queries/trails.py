"""The way of one payment: its entries, what took the money to the bank, and the bank's lines."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from booking.foundation.db import db
from booking.money.bank.models import BankLine, MatchedEntry
from booking.money.checkout import ledger_keys
from booking.money.checkout.models import PayIn, PayInPayment, RowEntry
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry
from booking.money.invoices.models import InvoicePayment
from booking.money.payments.models import BalanceRow, Method, Payment, Payout

#: How often one payout or invoice payment was recorded again, at most, after it had been undone.
AGAIN_MAX = 9


@dataclass(frozen=True)
class Trail:
    """What became of some money, in the order in which it was recorded."""

    #: Entries of the money itself, and their reversals.
    entries: Sequence[Entry]
    payouts: Sequence[Payout] = ()
    slips: Sequence[PayIn] = ()
    #: Entries of the payouts and slips.
    carried: Sequence[Entry] = ()
    #: Each bank line once, however many of these entries it is matched with.
    bank_lines: Sequence[BankLine] = ()


def of_payment(payment: Payment) -> Trail:
    """Return the way of a family's payment; as many queries for one place as for ten."""
    keys = [f"parked:{payment.public_id}"]
    for line in payment.lines:
        keys += [ledger_keys.payment_key(line), ledger_keys.card_fee_key(line)]
    for refund in payment.refunds:
        keys += [ledger_keys.refund_key(refund), ledger_keys.gift_key(refund)]
    of_rows = (
        select(RowEntry.entry_id)
        .join(BalanceRow, BalanceRow.id == RowEntry.row_id)
        .where(BalanceRow.money_id == payment.reference, BalanceRow.money_id != "")
    )
    by_card = payment.method is Method.CARD and bool(payment.reference)
    own = [Entry.key.in_(keys), *([Entry.id.in_(of_rows)] if by_card else [])]
    entries = _with_reversals(_entries(or_(*own)))
    payouts = _payouts([entry.id for entry in entries]) if by_card else []
    return _to_bank(entries, payouts, _slips(payment))


def of_invoice_payment(payment: InvoicePayment) -> Trail:
    """Return the way of what a school paid: the invoice, the payment, and the bank."""
    keys = [f"invoice:{payment.invoice.public_id}", *_again(f"invoice-paid:{payment.public_id}")]
    return _to_bank(_with_reversals(_entries(Entry.key.in_(keys))))


def of_slip(pay_in: PayIn) -> Trail:
    """Return what took a school's cash to the bank."""
    return _to_bank([], slips=[pay_in])


def _entries(condition: Any) -> list[Entry]:
    statement = select(Entry).where(condition)
    return list(db.session.scalars(_shown(statement)).unique())


def _shown(statement: Select[Any]) -> Select[Any]:
    return statement.options(*fund_queries.NAMED, selectinload(Entry.lines)).order_by(Entry.id)


def _with_reversals(entries: list[Entry]) -> list[Entry]:
    found = _entries(Entry.reverses_id.in_([entry.id for entry in entries])) if entries else []
    whole = {entry.id: entry for entry in (*entries, *found)}
    return [whole[entry_id] for entry_id in sorted(whole)]


def _payouts(entry_ids: Collection[int]) -> list[Payout]:
    of_entries = (
        select(BalanceRow.payout_id)
        .join(RowEntry, RowEntry.row_id == BalanceRow.id)
        .where(RowEntry.entry_id.in_(entry_ids), BalanceRow.payout_id.is_not(None))
    )
    found = select(Payout).where(Payout.id.in_(of_entries)).order_by(Payout.id)
    return list(db.session.scalars(found))


def _slips(payment: Payment) -> list[PayIn]:
    found = (
        select(PayIn)
        .join(PayInPayment, PayInPayment.pay_in_id == PayIn.id)
        .where(PayInPayment.payment_id == payment.id)
    )
    return list(db.session.scalars(found))


def _to_bank(
    entries: Sequence[Entry], payouts: Sequence[Payout] = (), slips: Sequence[PayIn] = ()
) -> Trail:
    keys = [key for payout in payouts for key in _again(f"payout:{payout.gateway_id}")]
    keys += [f"pay-in:{pay_in.public_id}" for pay_in in slips]
    carried = _with_reversals(_entries(Entry.key.in_(keys))) if keys else []
    ids = [entry.id for entry in (*entries, *carried)]
    lines = (
        select(BankLine)
        .where(
            BankLine.match_id.in_(
                select(MatchedEntry.match_id).where(MatchedEntry.entry_id.in_(ids))
            )
        )
        .order_by(BankLine.moved_on, BankLine.id)
    )
    return Trail(entries, payouts, slips, carried, list(db.session.scalars(lines)))


def _again(key: str) -> list[str]:
    """Return a key, and those of the same fact recorded again after it was undone."""
    return [key, *(f"{key}:again-{number}" for number in range(2, AGAIN_MAX + 1))]


def slip(public_id: str) -> PayIn | None:
    """Return the paying-in slip with this reference."""
    return db.session.scalar(select(PayIn).where(PayIn.public_id == public_id))


def payments_of_slip(pay_in: PayIn) -> Select[Any]:
    """Return the statement for the payments on a slip, oldest first."""
    return (
        select(Payment)
        .join(PayInPayment, PayInPayment.payment_id == Payment.id)
        .where(PayInPayment.pay_in_id == pay_in.id)
        .order_by(Payment.paid_at, Payment.id)
    )
