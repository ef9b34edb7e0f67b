"""Claims of events' costs: decided by others, twice above the limit, and paid once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import claiming
from booking.domain.claiming import CostClaimState, MoveNotAllowed, NotYourClaim

STATES = st.sampled_from(CostClaimState)
IDS = st.integers(1, 4)


@given(IDS, st.sets(IDS), st.none() | IDS, IDS, st.sets(IDS))
def test_nobody_decides_for_themselves_for_their_school_or_twice(
    person, schools, claimant, school, approved
):
    barred = person == claimant or school in schools or person in approved
    try:
        claiming.check_decider(
            person_id=person,
            person_schools=schools,
            claimant_id=claimant,
            school_id=school,
            approved_by=approved,
        )
    except NotYourClaim:
        assert barred
    else:
        assert not barred


@given(st.integers(1, 10**6), st.integers(0, 10**6))
def test_two_approve_above_what_one_may_move_alone(pence, alone):
    assert claiming.approvals_needed(pence, alone) == 1 + (pence > alone)


@given(st.lists(STATES, max_size=12))
def test_nothing_is_paid_that_was_not_approved_just_before(pressed):
    state = CostClaimState.CLAIMED
    for to in pressed:
        if claiming.may_move(state, to):
            before, state = state, claiming.move(state, to)
            if state is CostClaimState.PAID:
                assert before is CostClaimState.APPROVED

    if state is CostClaimState.PAID:
        with pytest.raises(MoveNotAllowed, match="already paid"):
            claiming.move(state, CostClaimState.PAID)


@given(STATES)
def test_every_state_has_words(state):
    assert claiming.words(state).label
