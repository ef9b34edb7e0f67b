"""How acts about payments, refunds, disputes and payouts are told in a history.

Never with the name of a family, a pupil or whoever paid.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from booking.days.places import history as place_history
from booking.foundation.audit.details import (
    ActWords,
    HistoryReader,
    Named,
    Namer,
    Related,
    Topic,
    act,
)
from booking.money.payments.models import Dispute, Payment, PaymentLine, Refund

_PAYMENTS, _REFUNDS, _PROCESSOR = "Payments", "Refunds", "Disputes and payouts"
_METHODS = {
    "card": "by card",
    "cash": "in cash",
    "cheque": "by cheque",
    "bank_transfer": "by bank transfer",
}
_REFUND_STATES = {
    "pending": "is under way",
    "succeeded": "has arrived",
    "failed": "has failed",
    "cancelled": "was cancelled",
}
_DISPUTE_STATES = {"won": "was decided for us", "lost": "was decided against us"}


def _by(facts: Mapping[str, Any]) -> Mapping[str, str]:
    return {"by": _METHODS.get(facts.get("method", ""), "")}


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about payments are told."""
    return {name: _told(*words) for name, words in _SENTENCES.items()} | {
        "record_payment": act(
            _PAYMENTS,
            "recorded that {amount_pence} was paid {by}",
            "recorded that {amount_pence} was paid",
            topic=Topic.MONEY,
            parts=_by,
        ),
        "receive_money": act(
            _PAYMENTS,
            "recorded {amount_pence} received {by}",
            "recorded {amount_pence} received",
            topic=Topic.MONEY,
            parts=_by,
        ),
        "record_refund": act(
            _REFUNDS,
            "recorded that a refund {stands}",
            "recorded what became of a refund",
            topic=Topic.MONEY,
            parts=lambda facts: {"stands": _REFUND_STATES.get(facts.get("state", ""), "")},
        ),
        "record_dispute": act(
            _PROCESSOR,
            "recorded that a dispute about {amount_pence} {ended}",
            "recorded a dispute about {amount_pence}",
            topic=Topic.MONEY,
            parts=lambda facts: {"ended": _DISPUTE_STATES.get(facts.get("state", ""), "")},
        ),
    }


def _told(kind: str, *sentences: str) -> ActWords:
    return act(kind, *sentences, topic=Topic.MONEY)


_SENTENCES = {
    "open_payment": (_PAYMENTS, "began a payment of {amount_pence}"),
    "accept_payment": (_PAYMENTS, "accepted a payment of {amount_pence} as it is"),
    "park_payment": (_PAYMENTS, "set the payment aside to be explained"),
    "undo_receipt": (_PAYMENTS, "took back the record of {amount_pence} received"),
    "request_refund": (_REFUNDS, "asked for {amount_pence} to be refunded"),
    "fail_refund": (_REFUNDS, "recorded that a refund has failed"),
    "give_instead": (_REFUNDS, "gave {amount_pence} to the network in place of a refund"),
    "withdraw_refund": (_REFUNDS, "withdrew the refund of {amount_pence}"),
    "record_payout": (_PROCESSOR, "recorded a payout of {amount_pence}"),
}


def namers() -> Sequence[Namer]:
    """Return how payments are named."""
    return (Namer(("payments",), _payments, Named("the payment"), ("payment",)),)


def _payments(ids: Collection[int], _reads: HistoryReader) -> Mapping[int, Named]:
    return {id_: Named("the payment") for id_ in ids}


def related(table: str, row_id: int) -> Sequence[Related] | None:
    """Add payments, their refunds and disputes to the history of what they were for."""
    if table == "payments":
        return _with_payments(select(Payment.id).where(Payment.id == row_id))
    lines = select(PaymentLine.payment_id)
    if table == "events":
        return _with_payments(lines.where(PaymentLine.event_id == row_id))
    places = place_history.bookings_of(table, row_id)
    if places is None:
        return None
    return _with_payments(lines.where(PaymentLine.booking_id.in_(places)))


def _with_payments(ids: Any) -> Sequence[Related]:
    return (
        Related("payments", ids),
        Related("refunds", select(Refund.id).where(Refund.payment_id.in_(ids))),
        Related("disputes", select(Dispute.id).where(Dispute.payment_id.in_(ids))),
    )
