"""The page of what made an entry, for many entries at once."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Select, select

from booking.foundation.db import db
from booking.foundation.web import addresses
from booking.money.checkout.models import PayIn
from booking.money.fund.ports import EntryHome
from booking.money.invoices.models import Invoice, InvoicePayment
from booking.money.payments.models import BalanceRow, Payment, Payout, Refund

#: How a key is put together: "reversal:payment:abc:2", "payout:po_1:again-2".
_KEY = re.compile(r"(?:reversal:)?(?P<kind>[a-z-]+):(?P<reference>[^:]+)")


def homes(keys: Collection[str]) -> Mapping[str, EntryHome]:
    """Return where what made these entries is shown, by key; in one query for each kind of key.

    A reversal is shown where what it undid is shown. What has no page of its own is left out, and
    so is a payment that was deleted with its family: the ledger keeps its money, nobody its way.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    parts: dict[str, tuple[str, str]] = {}
    for key in keys:
        if match := _KEY.match(key):
            parts[key] = (match["kind"], match["reference"])
            asked[match["kind"]].add(match["reference"])
    known = {kind: _found(kind, references) for kind, references in asked.items()}
    return {
        key: known[kind][reference]
        for key, (kind, reference) in parts.items()
        if reference in known[kind]
    }


def _found(kind: str, references: Collection[str]) -> Mapping[str, EntryHome]:
    """Return the pages of what has these references, by reference."""
    if kind not in _LOOKED_UP:
        return {}
    statement, where, home = _LOOKED_UP[kind]
    rows = db.session.execute(statement.where(where.in_(references)))
    return {reference: home(of) for reference, of in rows}


def _payment(public_id: str) -> EntryHome:
    return EntryHome("See the payment", addresses.FUND_PAYMENT(public_id=public_id))


def _payout(gateway_id: str) -> EntryHome:
    return EntryHome("See the payout", addresses.FUND_PAYOUT(payout_id=gateway_id))


def _slip(public_id: str) -> EntryHome:
    return EntryHome("See the paying-in slip", addresses.FUND_SLIP(public_id=public_id))


def _invoice(public_id: str) -> EntryHome:
    return EntryHome("See the invoice", addresses.INVOICE(public_id=public_id))


def _itself(column: Any) -> Select[Any]:
    return select(column, column)


_PAYMENTS = (_itself(Payment.public_id), Payment.public_id, _payment)
_REFUNDS = (
    select(Refund.public_id, Payment.public_id).join(Payment, Payment.id == Refund.payment_id),
    Refund.public_id,
    _payment,
)
_DISPUTES = (
    select(BalanceRow.gateway_id, Payment.public_id).join(
        Payment, Payment.reference == BalanceRow.money_id
    ),
    BalanceRow.gateway_id,
    _payment,
)
#: What each kind of key refers to: the statement, the column with the reference, and the page.
_LOOKED_UP: Mapping[str, tuple[Any, Any, Any]] = {
    "payment": _PAYMENTS,
    "card-fee": _PAYMENTS,
    "parked": _PAYMENTS,
    "refund": _REFUNDS,
    "gift": _REFUNDS,
    "dispute": _DISPUTES,
    "processor-fee": _DISPUTES,
    "payout": (_itself(Payout.gateway_id), Payout.gateway_id, _payout),
    "pay-in": (_itself(PayIn.public_id), PayIn.public_id, _slip),
    "invoice": (_itself(Invoice.public_id), Invoice.public_id, _invoice),
    "invoice-paid": (_itself(InvoicePayment.public_id), InvoicePayment.public_id, _payment),
}
