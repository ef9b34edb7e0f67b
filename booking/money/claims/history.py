"""How acts about claims are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, act

_CLAIMS = "Claims of costs"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about claims are told."""
    return {name: act(_CLAIMS, f"{words}{{event_id.more}}") for name, words in _SENTENCES.items()}


_SENTENCES = {
    "claim_cost": "claimed a cost, with a receipt",
    "claim_cost_again": "sent a claim again",
    "withdraw_cost_claim": "withdrew a claim",
    "approve_cost_claim": "approved a claim",
    "refuse_cost_claim": "refused a claim",
    "send_cost_claim_back": "asked for more about a claim",
    "pay_cost_claim": "paid a claim",
    "undo_cost_claim_payment": "took back the payment of a claim",
}
