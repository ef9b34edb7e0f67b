"""How acts about bank transfers are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about bank transfers are told."""
    return {
        "offer_transfers": act(
            "Bank transfers",
            "said whether families may pay by bank transfer",
            topic=Topic.MONEY,
        )
    }
