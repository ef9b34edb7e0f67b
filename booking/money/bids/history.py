"""How acts about bids for CPD money are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_BIDS = "Bids for CPD money"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about bids are told."""
    return {name: act(_BIDS, *words) for name, words in _SENTENCES.items()}


_SENTENCES = {
    "apply_for_cpd_money": ("applied for {asked_pence} of CPD money{school.more}",),
    "approve_bid": (
        "approved {approved_pence} of CPD money{school.more}",
        "approved a bid for CPD money{school.more}",
    ),
    "refuse_bid": ("refused a bid for CPD money{school.more}",),
    "claim_bid": ("claimed CPD money with a receipt{school.more}",),
    "send_back": ("sent a claim for CPD money back{school.more}",),
    "pay_bid": ("paid a claim for CPD money{school.more}",),
    "undo_bid_payment": ("took back the payment of a claim for CPD money{school.more}",),
    "withdraw_bid": ("withdrew a bid for CPD money{school.more}",),
    "let_bid_lapse": ("let a bid for CPD money lapse{school.more}",),
    "keep_bid_rules": ("changed the rules for bids",),
}
