"""The states of a bid, and who may decide."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import bidding
from booking.domain.bidding import BidState, Rules, deciding

PEOPLE = st.integers(1, 5)


def test_every_state_has_its_moves_and_its_words():
    assert set(bidding.MOVES) == set(BidState)
    assert all(bidding.words(state).label for state in BidState)
    assert len({bidding.words(state).label for state in BidState}) == len(BidState)


def test_what_has_ended_does_not_move_and_all_else_can_end():
    still = {state for state in BidState if not bidding.MOVES[state]}
    assert still == bidding.ENDED - {BidState.SPENT}
    # A payment that was recorded by mistake is taken back.
    assert bidding.MOVES[BidState.SPENT] == {BidState.CLAIMED}
    assert set(BidState) == bidding.ENDED | bidding.LIVE
    for state in bidding.LIVE:
        assert bidding.MOVES[state] & bidding.ENDED


def test_money_is_spent_only_after_it_was_claimed_and_claimed_only_after_it_was_approved():
    into = {to: {state for state in BidState if to in bidding.MOVES[state]} for to in BidState}

    assert into[BidState.SPENT] == {BidState.CLAIMED}
    assert into[BidState.CLAIMED] == {BidState.APPROVED, BidState.SPENT}
    assert into[BidState.APPROVED] == {BidState.APPLIED, BidState.APPROVED_ONCE, BidState.CLAIMED}


@pytest.mark.parametrize("state", list(BidState))
@pytest.mark.parametrize("to", list(BidState))
def test_only_moves_of_the_table_are_made(state, to):
    if bidding.may_move(state, to):
        assert bidding.move(state, to) is to
    else:
        with pytest.raises(bidding.MoveNotAllowed):
            bidding.move(state, to)


@given(st.integers(1, 100_000), st.integers(0, 100_000))
def test_two_people_are_needed_exactly_above_the_limit(pence, limit):
    needed = bidding.approvals_needed(pence, Rules(two_above_pence=limit))

    assert needed == (2 if pence > limit else 1)


@given(PEOPLE, st.frozensets(PEOPLE), st.none() | PEOPLE, PEOPLE, st.frozensets(PEOPLE))
def test_nobody_decides_for_themselves_for_their_school_or_twice(
    person, person_schools, applicant, school, approved_by
):
    barred = bidding.decision_barred(
        person_id=person,
        person_schools=person_schools,
        applicant_id=applicant,
        school_id=school,
        approved_by=approved_by,
    )

    conflict = person == applicant or school in person_schools or person in approved_by
    assert bool(barred) is conflict


def test_an_erased_applicant_keeps_nobody_from_deciding():
    facts = {"person_schools": (), "applicant_id": None, "school_id": 1, "approved_by": ()}

    deciding.check_decider(person_id=7, **facts)
