"""What is promised, through every course that a bid can take."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from booking.domain import bidding, ledger
from booking.domain.bidding import BidState


@st.composite
def lives(draw):
    """Draw the states and amounts of a bid after its approval, as the services allow them."""
    approved = draw(st.integers(1, 50_000))
    state, claimed, life = BidState.APPROVED, None, [(BidState.APPROVED, None)]
    while bidding.MOVES[state] and len(life) < 12:
        before, state = state, draw(st.sampled_from(sorted(bidding.MOVES[state])))
        if state is BidState.CLAIMED and before is not BidState.SPENT:
            claimed = draw(st.integers(1, claimed or approved))
        life.append((state, claimed))
    return approved, life


@given(lives())
def test_a_promise_only_shrinks_unless_its_payment_is_taken_back(life):
    approved, states = life
    promised = [bidding.promise_of(state, approved, claimed) for state, claimed in states]

    assert promised[0] == approved
    for (before, _), (after, claimed), (was, becomes) in zip(
        states, states[1:], pairwise(promised), strict=False
    ):
        # Only a payment that is taken back promises again, and what was paid, no more.
        back = before is BidState.SPENT
        assert becomes <= (claimed if back else was)
        assert not back or (was, after) == (0, BidState.CLAIMED)
        assert back or was + bidding.release(was, becomes) == becomes
    for (state, _), pence in zip(states, promised, strict=True):
        assert (pence > 0) is (state in bidding.PROMISED)


@given(st.integers(0, 100_000), st.lists(st.tuples(st.booleans(), lives()), max_size=12))
def test_a_fund_that_asks_before_it_promises_is_never_below_zero(held, wishes):
    money, promises = held, {}
    for number, (_, (approved, states)) in enumerate(wishes):
        if not ledger.may_spend(money, sum(promises.values()), approved):
            continue
        before = None
        for state, claimed in states:
            if state is BidState.SPENT:
                money -= claimed
            elif before is BidState.SPENT:
                money += claimed
            before = state
            promises[number] = bidding.promise_of(state, approved, claimed)
            assert 0 <= sum(promises.values()) <= money


@given(st.integers(-50_000, 100_000), st.integers(0, 100_000))
def test_available_is_what_may_be_spent(money, promised):
    available = bidding.available(money, promised)

    assert available >= 0
    assert not ledger.may_spend(money, promised, available + 1)
    if available:
        assert ledger.may_spend(money, promised, available)
