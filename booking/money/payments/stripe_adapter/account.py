"""Our account at Stripe behind the port: balance transactions, payouts, disputes and events."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import stripe

from booking.domain.processor_states import DisputeState, PayoutState, RowKind
from booking.money.payments import gateway
from booking.money.payments.processor_account import FoundDispute, FoundPayout, ProcessorRow
from booking.money.payments.stripe_adapter import calls as stripe_calls

ROW_KINDS = {
    "charge": RowKind.CHARGE,
    "payment": RowKind.CHARGE,
    "refund": RowKind.REFUND,
    "payment_refund": RowKind.REFUND,
    "refund_failure": RowKind.REFUND_FAILURE,
    "payment_failure_refund": RowKind.REFUND_FAILURE,
    "payout": RowKind.PAYOUT,
    "payout_failure": RowKind.PAYOUT_FAILURE,
    "payout_cancel": RowKind.PAYOUT_FAILURE,
    "stripe_fee": RowKind.FEE,
    "stripe_fx_fee": RowKind.FEE,
    "tax_fee": RowKind.FEE,
}
DISPUTE_STATES = {
    "needs_response": DisputeState.NEEDS_ANSWER,
    "warning_needs_response": DisputeState.NEEDS_ANSWER,
    "appeal_needs_response": DisputeState.NEEDS_ANSWER,
    "under_review": DisputeState.UNDER_REVIEW,
    "warning_under_review": DisputeState.UNDER_REVIEW,
    "appeal_under_review": DisputeState.UNDER_REVIEW,
    "warning_closed": DisputeState.CLOSED,
    "prevented": DisputeState.CLOSED,
    "won": DisputeState.WON,
    "lost": DisputeState.LOST,
}
PAYOUT_STATES = {
    "pending": PayoutState.COMING,
    "in_transit": PayoutState.COMING,
    "paid": PayoutState.PAID,
    "failed": PayoutState.FAILED,
    "canceled": PayoutState.FAILED,
}


class StripeAccount:
    """The port's reading adapter, using the gateway's own client."""

    def __init__(self, client: stripe.StripeClient) -> None:
        self._v1 = client.v1

    def dispute(self, dispute_id: str) -> FoundDispute:
        """Return a dispute as it is now."""
        return _dispute(stripe_calls.asked(lambda: self._v1.disputes.retrieve(dispute_id)))

    def payouts_since(self, at: datetime) -> list[FoundPayout]:
        """Return the payouts made since then, oldest first."""
        found = stripe_calls.listed(lambda: self._v1.payouts.list(payouts_params(at)))
        return [_payout(each) for each in reversed(list(found))]

    def payout(self, payout_id: str) -> FoundPayout:
        """Return a payout as it is now."""
        return _payout(stripe_calls.asked(lambda: self._v1.payouts.retrieve(payout_id)))

    def rows_of(self, payout_id: str) -> Iterator[ProcessorRow]:
        """Return the rows in a payout, page after page."""
        rows = self._v1.balance_transactions
        for found in stripe_calls.listed(lambda: rows.list(rows_params(payout_id))):
            yield _row(found)

    def balance_pence(self) -> int:
        """Return the account's balance in our currency, available or still pending."""
        found = stripe_calls.asked(self._v1.balance.retrieve)
        parts = [*found["available"], *found["pending"]]
        return sum(part["amount"] for part in parts if part["currency"] == gateway.CURRENCY)

    def messages_since(self, at: datetime) -> list[gateway.ProcessorMessage]:
        """Return the events of our types written since then, oldest first."""
        found = stripe_calls.listed(lambda: self._v1.events.list(events_params(at)))
        return [stripe_calls.message(each) for each in reversed(list(found))]


def payouts_params(at: datetime) -> Any:
    """Return the parameters for Stripe: payouts made since then."""
    return {"created": {"gte": int(at.timestamp())}, "limit": stripe_calls.PAGE}


def rows_params(payout_id: str) -> Any:
    """Return the parameters for Stripe: a payout's rows, each with what it is about."""
    return {"payout": payout_id, "limit": stripe_calls.PAGE, "expand": ["data.source"]}


def events_params(at: datetime) -> Any:
    """Return the parameters for Stripe: events of the types that we listen to."""
    since = {"gte": int(at.timestamp())}
    return {"created": since, "types": sorted(stripe_calls.NEWS), "limit": stripe_calls.PAGE}


def _payout(found: dict[str, Any]) -> FoundPayout:
    return FoundPayout(
        id=found["id"],
        amount_pence=found["amount"],
        currency=found["currency"],
        state=PAYOUT_STATES[found["status"]],
        arrives_on=stripe_calls.moment(found["arrival_date"]).date(),
        created_at=stripe_calls.moment(found["created"]),
        automatic=found["automatic"],
        complete=found["reconciliation_status"] == "completed",
    )


def _dispute(found: dict[str, Any]) -> FoundDispute:
    due = (found.get("evidence_details") or {}).get("due_by")
    money = found.get("payment_intent") or ""
    return FoundDispute(
        id=found["id"],
        money_id=money if isinstance(money, str) else money["id"],
        amount_pence=found["amount"],
        currency=found["currency"],
        reason=found["reason"],
        state=DISPUTE_STATES[found["status"]],
        opened_at=stripe_calls.moment(found["created"]),
        evidence_due_at=stripe_calls.moment(due) if due else None,
        rows=tuple(_row(row) for row in found["balance_transactions"]),
    )


def _row(found: dict[str, Any]) -> ProcessorRow:
    source = found.get("source") or ""
    about: dict[str, Any] = source if isinstance(source, dict) else {"id": source}
    money = about.get("payment_intent") or ""
    return ProcessorRow(
        id=found["id"],
        kind=_row_kind(found, about),
        amount_pence=found["amount"],
        fee_pence=found["fee"],
        currency=found["currency"],
        at=stripe_calls.moment(found["created"]),
        source_id=about["id"],
        money_id=money if isinstance(money, str) else money["id"],
        reference=(about.get("metadata") or {}).get("payment", ""),
        words=found["type"].replace("_", " "),
    )


def _row_kind(found: dict[str, Any], about: dict[str, Any]) -> RowKind:
    # Money that a dispute takes, or brings back, is listed as an adjustment.
    disputed = about.get("object") == "dispute" or about["id"].startswith(("dp_", "du_"))
    if found["type"] == "adjustment" and disputed:
        return RowKind.DISPUTE
    return ROW_KINDS.get(found["type"], RowKind.OTHER)
