"""No series of payments lets one person alone pay more than the limit, or their own school."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import ledger
from booking.domain.ledger import EntryKind, two_people
from booking.domain.ledger.two_people import SpendingState, WhyTwo
from booking.domain.permissions import Actor, Grant, Role

NOW = datetime(2027, 3, 1, tzinfo=UTC)
LIMIT = 10_000
OWN, OTHER = 1, 2
PAYMENTS = st.lists(
    st.tuples(st.integers(1, 2 * LIMIT), st.sampled_from([OWN, OTHER, 3, None])), max_size=30
)


def person(number, *roles, school=None):
    grants = {Grant(role, None) for role in roles}
    if school is not None:
        grants.add(Grant(Role.COORDINATOR, school))
    return Actor(person_id=number, grants=frozenset(grants))


@given(PAYMENTS, st.integers(0, 2 * LIMIT))
def test_what_one_person_pays_alone_stays_within_the_limit(payments, limit):
    alone = {}
    for pence, school in payments:
        why = two_people.why_two(
            pence=pence,
            alone_up_to_pence=limit,
            school_id=school,
            own_schools={OWN},
            alone_pence=alone.get(school, 0),
        )
        if why is None:
            alone[school] = alone.get(school, 0) + pence
            assert pence <= limit

    assert OWN not in alone
    assert all(pence <= limit for pence in alone.values())


@given(st.integers(1, 2 * LIMIT), st.integers(0, 2 * LIMIT), st.sampled_from([OTHER, None]))
def test_nobody_is_asked_without_a_reason(pence, alone_pence, school):
    why = two_people.why_two(
        pence=pence,
        alone_up_to_pence=LIMIT,
        school_id=school,
        own_schools={OWN},
        alone_pence=alone_pence,
    )

    assert (why is WhyTwo.ABOVE) == (pence > LIMIT)
    if why is WhyTwo.TOGETHER:
        assert alone_pence + pence > LIMIT


def test_each_kind_made_by_hand_says_whether_it_pays_out():
    from booking.money.fund.service import by_hand

    assert set(two_people.PAYS_OUT) == set(by_hand.KINDS)
    assert not two_people.PAYS_OUT[EntryKind.GRANT]


@given(st.integers(1, 4), st.sets(st.sampled_from([Role.TREASURER, Role.LEAD, Role.AUDITOR])))
def test_the_second_person_is_another_who_steers_and_gains_nothing(number, roles):
    for school in (None, OWN, OTHER):
        actor = person(number, *roles, school=OWN)
        may = two_people.may_answer(
            actor, asked_by_id=1, school_id=school, own_schools=actor.schools()
        )

        assert may == (number != 1 and school != OWN and bool(roles & two_people.STEERING))


def test_each_refusal_says_why():
    lead = person(1, Role.LEAD, school=OWN)
    facts = {"asked_by_id": 2, "school_id": OWN, "own_schools": lead.schools()}
    with pytest.raises(two_people.GainingSchool, match="a school where you hold a role"):
        two_people.check_second(lead, **facts)
    with pytest.raises(ledger.OwnRequest, match="You proposed this yourself"):
        two_people.check_second(lead, **{**facts, "asked_by_id": 1})
    with pytest.raises(ledger.NotTheDecider, match="Another network lead or treasurer"):
        two_people.check_second(person(3, Role.AUDITOR), **{**facts, "school_id": None})
    with pytest.raises(two_people.ProposerLeft, match="no longer a treasurer or lead"):
        two_people.check_still_keeps({Role.AUDITOR})
    two_people.check_still_keeps({Role.TREASURER})


@pytest.mark.parametrize("state", list(SpendingState)[1:])
def test_what_is_over_is_not_answered(state):
    with pytest.raises(two_people.ProposalOver):
        two_people.check_waits(state)


def test_a_proposal_waits_for_fourteen_days_and_no_longer():
    ends = NOW + two_people.WAITS_FOR
    asked = SpendingState.ASKED

    assert timedelta(days=14) == two_people.WAITS_FOR
    assert two_people.state_now(asked, expires_at=ends, now=ends - timedelta(seconds=1)) is asked
    assert two_people.state_now(asked, expires_at=ends, now=ends) is SpendingState.LAPSED
