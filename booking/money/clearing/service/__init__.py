"""The card processor's account and our books: messages, payouts, disputes, explanations.

`hear`, `hear_or_list`, `hear_missed` and `reconcile_payouts` talk to the card processor and open
transactions of their own, before and after; the rest runs inside the caller's.
"""

from booking.domain.reasons import ReasonMissing
from booking.money.clearing.service.explaining import (
    ExplainedAlready,
    NoSuchPayment,
    NotOurMoney,
    attach,
    give_back,
    note,
)
from booking.money.clearing.service.listening import hear, hear_missed, hear_or_list
from booking.money.clearing.service.payouts import reconcile as reconcile_payouts
from booking.money.clearing.service.undoing import (
    is_missing,
    note_key,
    record_again,
    source_of,
    undo_note,
)

__all__ = [
    "ExplainedAlready",
    "NoSuchPayment",
    "NotOurMoney",
    "ReasonMissing",
    "attach",
    "give_back",
    "hear",
    "hear_missed",
    "hear_or_list",
    "is_missing",
    "note",
    "note_key",
    "reconcile_payouts",
    "record_again",
    "source_of",
    "undo_note",
]
