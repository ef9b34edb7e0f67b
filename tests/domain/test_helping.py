"""Offers of expertise and links between schools: their moves, and what is asked again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import helping, moves
from booking.domain.helping import (
    LINK_MOVES,
    OFFER_MOVES,
    OPEN,
    ExpertiseDetails,
    ExpertiseState,
    HelpCosts,
    HelpKind,
    HelpPhase,
    LinkState,
)

NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
ENDED = {LinkState.TURNED_DOWN, LinkState.TAKEN_BACK, LinkState.ANSWERED}


def details(**changes):
    facts = {
        "areas": frozenset({1}),
        "phases": frozenset({HelpPhase.PRIMARY}),
        "kinds": frozenset({HelpKind.CALL}),
        "time": "An hour",
        "costs": HelpCosts.NONE,
        "about": "I lead it.",
        "for_partners": False,
    }
    return ExpertiseDetails(**facts | changes)


@given(st.lists(st.sampled_from(ExpertiseState), max_size=12))
def test_an_offer_is_only_listed_from_offered(wished):
    state = ExpertiseState.OFFERED
    for wish in wished:
        before = state
        try:
            state = moves.move("offer", OFFER_MOVES, state, wish)
        except moves.MoveNotAllowed:
            assert wish not in OFFER_MOVES[before]
        if state is ExpertiseState.LISTED and before is not ExpertiseState.LISTED:
            assert before is ExpertiseState.OFFERED


@given(st.lists(st.sampled_from(LinkState), max_size=12))
def test_a_link_is_introduced_once_and_never_opens_again(wished):
    state, introduced = LinkState.ASKED, 0
    for wish in wished:
        try:
            after = moves.move("link", LINK_MOVES, state, wish)
        except moves.MoveNotAllowed:
            continue
        assert state in OPEN or after is LinkState.ANSWERED
        state, introduced = after, introduced + (after is LinkState.INTRODUCED)
    assert introduced <= 1


def test_every_state_has_its_moves_and_every_link_can_end():
    assert OFFER_MOVES.keys() == set(ExpertiseState)
    assert LINK_MOVES.keys() == set(LinkState)
    assert {state for state, then in LINK_MOVES.items() if not then} == ENDED


@given(st.frozensets(st.integers(1, 9), max_size=9), st.frozensets(st.integers(1, 9), max_size=9))
def test_the_head_is_asked_again_exactly_where_an_area_is_new(before, after):
    asked = helping.needs_another_yes(details(areas=before), details(areas=after))
    assert asked is not after.issubset(before)


def test_a_new_kind_of_help_needs_another_yes_and_other_words_do_not():
    more = details(kinds=frozenset({HelpKind.CALL, HelpKind.VISIT}))
    assert helping.needs_another_yes(details(), more)
    assert not helping.needs_another_yes(more, details(about="Other words", time="A day"))


@given(st.integers(0, 800))
def test_a_nomination_holds_for_a_year_and_the_head_is_asked_before(days):
    now = NOW + timedelta(days=days)
    assert helping.holds(decided_at=NOW, now=now) is (days < 365)
    assert helping.asks_again_at(NOW + helping.LISTED_FOR) < NOW + helping.LISTED_FOR


@given(
    st.dictionaries(st.integers(1, 5), st.integers(0, 3)),
    st.dictionaries(st.integers(1, 5), st.integers(0, 3)),
)
def test_a_gap_is_asked_for_and_offered_by_nobody(asked, offered):
    found = set(helping.gaps(asked, offered))
    assert found == {a for a in asked if asked[a] > 0 and offered.get(a, 0) == 0}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"areas": frozenset()}, "areas"),
        ({"areas": frozenset(range(7))}, "areas"),
        ({"phases": frozenset()}, "phases"),
        ({"kinds": frozenset()}, "kinds"),
        ({"time": " "}, "time"),
        ({"time": "x" * 121}, "time"),
        ({"about": ""}, "about"),
        ({"about": "x" * 1001}, "about"),
    ],
)
def test_what_is_wrong_with_an_offer_is_said_beside_its_field(changes, field):
    assert [each.field for each in helping.problems(details(**changes))] == [field]
    assert not list(helping.problems(details()))


@pytest.mark.parametrize("for_partners", [True, False])
def test_schools_see_every_offer_and_associates_what_is_for_them(for_partners):
    assert helping.may_be_seen_by(for_partners=for_partners, school_reader=True)
    assert helping.may_be_seen_by(for_partners=for_partners, school_reader=False) is for_partners
