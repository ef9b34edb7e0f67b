"""What the CPD fund has promised: reserved on approval, released or spent later. Whole pence.

A promise is kept beside the ledger, not in it: docs/ARCHITECTURE.md says why.
"""

from booking.domain.bidding.states import PROMISED, State


def promise_of(state: State, approved_pence: int, claimed_pence: int | None) -> int:
    """Return how much (pence) the fund has promised to a bid in this state.

    Approved: what was approved. Claimed: what was claimed, for a smaller claim gives the rest
    back; sent back afterwards, it does not grow again, for the rest may be promised elsewhere.
    """
    if state not in PROMISED:
        return 0
    return approved_pence if claimed_pence is None else min(approved_pence, claimed_pence)


def release(promised_pence: int, wanted_pence: int) -> int:
    """Return what changes (pence, below zero: given back) to reach `wanted`.

    Once promised, a bid only ever gives back: it never takes more than was checked.
    """
    assert 0 <= wanted_pence <= promised_pence, "a promise only shrinks"
    return wanted_pence - promised_pence


def available(money_pence: int, promised_pence: int) -> int:
    """Return what the fund may still promise or spend (pence), never below zero.

    Below zero it could fall by a refund to a family or the reversal of a mistake, which are never
    refused; then nothing is available until money comes in or a promise is given back.
    """
    assert promised_pence >= 0, "a promise is never below zero"
    return max(0, money_pence - promised_pence)
