"""Payments, refunds and funding change only by their tables of moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import payment_states
from booking.domain.payment_states import FundingStatus, PaymentState, RefundState

MACHINES = {
    PaymentState: (payment_states.move, payment_states.MOVES),
    RefundState: (payment_states.move_refund, payment_states.REFUND_MOVES),
    FundingStatus: (payment_states.move_funding, payment_states.FUNDING_MOVES),
}
EACH_MACHINE = pytest.mark.parametrize("machine", MACHINES)


@pytest.mark.parametrize(
    ("machine", "story"),
    [
        (PaymentState, "opened paid part_refunded refunded"),
        (PaymentState, "opened lapsed paid refunded"),
        (PaymentState, "opened failed opened paid"),
        (PaymentState, "opened to_explain paid"),
        (PaymentState, "opened paid refunded paid"),
        (RefundState, "requested pending succeeded failed"),
        (RefundState, "requested cancelled"),
        (FundingStatus, "requested promised partly received refunded"),
        (FundingStatus, "requested declined_no_reason_asked received"),
        (FundingStatus, "requested remitted requested school_paid"),
    ],
)
def test_money_lives_these_stories(machine, story):
    move, _ = MACHINES[machine]
    state, *later = map(machine, story.split())
    for to in later:
        state = move(state, to)
    assert state == story.split()[-1]


@pytest.mark.parametrize(
    ("machine", "state", "to"),
    [
        (PaymentState, "paid", "lapsed"),
        (PaymentState, "refunded", "failed"),
        (PaymentState, "paid", "opened"),
        (PaymentState, "opened", "refunded"),
        (RefundState, "failed", "succeeded"),
        (RefundState, "succeeded", "pending"),
        (FundingStatus, "requested", "refunded"),
        (FundingStatus, "received", "remitted"),
    ],
)
def test_money_is_refused_other_moves(machine, state, to):
    move, _ = MACHINES[machine]
    with pytest.raises(payment_states.MoveNotAllowed, match="cannot be marked as"):
        move(machine(state), machine(to))


@EACH_MACHINE
@given(st.data())
def test_move_answers_as_the_table_says(machine, data):
    move, table = MACHINES[machine]
    state, to = (data.draw(st.sampled_from(list(machine))) for _ in range(2))
    if to in table[state]:
        assert move(state, to) is to
    else:
        with pytest.raises(payment_states.MoveNotAllowed):
            move(state, to)


@EACH_MACHINE
def test_every_state_is_in_its_table_and_never_moves_to_itself(machine):
    _, table = MACHINES[machine]
    assert set(table) == set(machine)
    assert [state for state in machine if state in table[state]] == []


@given(st.integers(1, 100_000), st.data())
def test_payment_stands_where_its_refunds_leave_it(paid, data):
    refunded = data.draw(st.integers(0, paid))
    state = payment_states.after_refunds(paid, refunded)
    assert (state in payment_states.HELD) == (refunded < paid)
    assert (state is PaymentState.PAID) == (refunded == 0)
