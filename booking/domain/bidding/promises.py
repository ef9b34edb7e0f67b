"""What the CPD fund has promised: reserved on approval, released or spent later. Whole pence.

A promise is kept beside the ledger, not in it: docs/ARCHITECTURE.md says why.
"""

from booking.domain.bidding.states import PROMISED, BidState


def promise_of(state: BidState, approved_pence: int, claimed_pence: int | None) -> int:
    """Return how much (pence) the fund has promised to a bid in this state.

    For an approved bid this is what was approved; for a claimed one, what was claimed, because a
    smaller claim gives the rest back. A claim sent back does not grow again: the rest may by then
    be promised elsewhere.
    """
    if state not in PROMISED:
        return 0
    return approved_pence if claimed_pence is None else min(approved_pence, claimed_pence)


def release(promised_pence: int, wanted_pence: int) -> int:
    """Return the change (pence; below zero is given back) that brings a promise to `wanted`.

    Once promised, a bid only ever gives back: it never takes more than was checked.
    """
    assert 0 <= wanted_pence <= promised_pence, "a promise only shrinks"
    return wanted_pence - promised_pence


def available(money_pence: int, promised_pence: int) -> int:
    """Return what the fund may still promise or spend (pence), never below zero.

    The fund could fall below zero through a refund to a family or the reversal of a mistake, which
    are never refused; then nothing is available until money comes in or a promise is given back.
    """
    assert promised_pence >= 0, "a promise is never below zero"
    return max(0, money_pence - promised_pence)
