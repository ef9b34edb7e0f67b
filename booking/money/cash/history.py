"""How acts about a school's cash box are told in a history."""

from collections.abc import Mapping

from booking.foundation.audit.details import ActWords, Topic, act

_CASH = "The cash box"


def acts() -> Mapping[str, ActWords]:
    """Return how the acts about cash are told."""
    return {
        "bank_cash": act(
            _CASH,
            "paid {amount_pence} into the bank, from {payments:payment}{school.more}",
            topic=Topic.MONEY,
        ),
        "undo_pay_in": act(
            _CASH, "took back a paying-in of {amount_pence}{school.more}", topic=Topic.MONEY
        ),
    }
