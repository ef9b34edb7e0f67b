"""How acts about unexplained card money are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act

_MONEY = "Money to explain"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about card money are told."""
    return {
        "explain": act(
            _MONEY, "explained {amount_pence}", "explained money set aside", topic=Topic.MONEY
        ),
        "undo_note": act(_MONEY, "took back an explanation of money", topic=Topic.MONEY),
        "record_payout_again": act(_MONEY, "recorded a payout again", topic=Topic.MONEY),
    }
