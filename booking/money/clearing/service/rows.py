"""One row of the card processor's account and its entries in our ledger: equal to the penny.

A row stands for certain entries, and an entry belongs to one row at most. What the row has over and
above its entries is parked at once. So once a row has been recorded, card clearing has changed by
exactly what the row says, whatever our books had before.
"""

from collections.abc import Callable
from datetime import datetime

from booking.domain import ledger, money
from booking.domain.permissions import WORKER
from booking.domain.processor_states import RowKind
from booking.foundation.db import db
from booking.money.checkout import ledger_keys
from booking.money.checkout import locks as checkout_locks
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout.models import RowEntry
from booking.money.checkout.service import parking, posting
from booking.money.clearing.service import apart
from booking.money.fund import service as fund
from booking.money.payments import gateway, processor_account
from booking.money.payments import queries as payment_queries
from booking.money.payments import service as payments
from booking.money.payments.models import BalanceRow, Payment, Payout


def record(
    found: processor_account.ProcessorRow, *, payout: Payout | None, now: datetime
) -> BalanceRow:
    """Record a row, once, with the entries that it stands for; park what they do not explain."""
    known = checkout_queries.row_by_id(found.id)
    if known is not None:
        known.payout_id = known.payout_id or (payout.id if payout else None)
        return known
    row = payments.write_row(found, payout=payout)
    if row.kind is RowKind.PAYOUT:
        return row  # the payout itself, which is posted as a whole
    if found.currency != gateway.CURRENCY:
        problem = f"A row in {found.currency[:8]}, which is not our currency: {found.words}."
        parking.list_problem(
            key=f"row:{found.id}", problem=problem, amount_pence=row.net_pence, now=now, row=row
        )
        return row
    stands_for(row, _KEYS[row.kind](row, now), now=now)
    return row


def stands_for(row: BalanceRow, keys: list[str], *, now: datetime) -> None:
    """Tie a row to its entries, and park what it has over and above them."""
    entries = checkout_queries.free_entries(keys)
    booked = checkout_queries.clearing_pence(entry.id for entry in entries)
    if apart := row.net_pence - booked:
        problem = _problem(row, apart, [entry.key for entry in entries])
        key = parking.park_row(row, pence=apart, problem=problem, now=now)
        entries += checkout_queries.free_entries([key])
    db.session.add_all(RowEntry(entry_id=entry.id, row_id=row.id) for entry in entries)
    db.session.flush()


def _problem(row: BalanceRow, apart: int, keys: list[str]) -> str:
    about = row.description or row.kind.value.replace("_", " ")
    if not set(keys) - {_fee_key(row)}:
        return f"The card processor has {money.pounds(apart)} ({about}) that are not in our books."
    return (
        f"The card processor has {money.pounds(row.net_pence)} after its fee ({about}); "
        f"our books have {money.pounds(row.net_pence - apart)}."
    )


def _charge_keys(row: BalanceRow, now: datetime) -> list[str]:
    payment = payment_queries.by_money(row.money_id)
    if payment is None:
        return [_post_fee(row, row.fee_pence, ledger.EntryKind.CARD_FEE, now)]
    if payment.card_fee_pence is None:
        posting.card_fee(checkout_locks.payment(payment.id), row.fee_pence, now=now)
    return charge_keys(payment)


def charge_keys(payment: Payment) -> list[str]:
    """Return the keys of everything that the ledger may have about a payment's arrival."""
    found = [f"parked:{payment.public_id}"]
    for line in payment.lines:
        found += [ledger_keys.payment_key(line), ledger_keys.card_fee_key(line)]
    return found


def _refund_keys(row: BalanceRow, _now: datetime) -> list[str]:
    return refund_keys(row.source_id)


def refund_keys(refund_id: str) -> list[str]:
    """Return the keys of all that the ledger may have of a refund, by the processor's id."""
    refunds = checkout_queries.refunds_known_as(refund_id)
    found = [ledger_keys.refund_key(refund) for refund in refunds if not refund.instead]
    kept_apart = apart.key_of(refund_id)
    # Once it is a refund of a payment, it is no longer kept apart.
    return [*found, kept_apart, *([f"reversal:{kept_apart}"] if refunds else [])]


def _refund_failure_keys(row: BalanceRow, now: datetime) -> list[str]:
    return [f"reversal:{key}" for key in _refund_keys(row, now)]


def _dispute_keys(row: BalanceRow, now: datetime) -> list[str]:
    payment = payment_queries.by_money(row.money_id)
    lines = payment.lines if payment else []
    rows = [row] if row.amount_pence < 0 else checkout_queries.dispute_rows(source_id=row.source_id)
    keys = [ledger_keys.dispute_key(each.gateway_id, line) for each in rows for line in lines]
    taken = keys if row.amount_pence < 0 else [f"reversal:{key}" for key in keys]
    return [*taken, _post_fee(row, row.fee_pence, ledger.EntryKind.DISPUTE, now)]


def _fee_keys(row: BalanceRow, now: datetime) -> list[str]:
    return [_post_fee(row, -row.net_pence, ledger.EntryKind.CARD_FEE, now)]


def _post_fee(row: BalanceRow, pence: int, kind: ledger.EntryKind, now: datetime) -> str:
    key = _fee_key(row)
    if pence:
        draft = ledger.processor_fee(key=key, pence=pence, kind=kind)
        fund.post(actor=WORKER, now=now, draft=draft)
    return key


def _fee_key(row: BalanceRow) -> str:
    return f"processor-fee:{row.gateway_id}"


def _payout_failure_keys(row: BalanceRow, _now: datetime) -> list[str]:
    return [f"reversal:payout:{row.source_id}"]


def _no_keys(_row: BalanceRow, _now: datetime) -> list[str]:
    return []


_KEYS: dict[RowKind, Callable[[BalanceRow, datetime], list[str]]] = {
    RowKind.CHARGE: _charge_keys,
    RowKind.REFUND: _refund_keys,
    RowKind.REFUND_FAILURE: _refund_failure_keys,
    RowKind.DISPUTE: _dispute_keys,
    RowKind.FEE: _fee_keys,
    RowKind.PAYOUT_FAILURE: _payout_failure_keys,
    RowKind.OTHER: _no_keys,
}
