"""Moves of visits, the room they have, who may ask and write a note, and whose turn it is."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import moves, visits
from booking.domain.visits import MOVES, HostingCounts, VisitDetails, VisitKind, VisitState

NOW = datetime(2027, 1, 11, 9, tzinfo=UTC)
GOOD = VisitDetails(
    title="Reading aloud",
    kind=VisitKind.LESSON,
    subject="Year 2",
    starts_at=NOW + timedelta(days=7),
    ends_at=NOW + timedelta(days=7, hours=1),
    whole_days=False,
    room=2,
    about="",
    for_partners=False,
)
SPANS = st.integers(-60, 60).map(lambda days: timedelta(days=days, minutes=1))
STATES = st.sampled_from(VisitState)
COUNTS = st.builds(
    HostingCounts,
    st.integers(1, 500),
    *[st.integers(0, 9)] * 5,  # type: ignore[arg-type]
)
ROTAS = st.lists(COUNTS, max_size=8, unique_by=lambda one: one.school_id)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 121}, "title"),
        ({"subject": "x" * 81}, "subject"),
        ({"about": "x" * 1001}, "about"),
        ({"ends_at": GOOD.starts_at}, "ends"),
        ({"ends_at": GOOD.starts_at, "whole_days": True}, "last_on"),
        ({"ends_at": GOOD.starts_at + timedelta(days=32), "whole_days": True}, "last_on"),
        ({"starts_at": NOW}, "on"),
        ({"starts_at": NOW + timedelta(days=401), "ends_at": NOW + timedelta(days=402)}, "on"),
        ({"room": 0}, "room"),
        ({"room": 13}, "room"),
        ({"room": 1}, "room"),
    ],
)
def test_each_thing_wrong_with_a_visit_is_said_at_its_field(change, field):
    found = list(visits.problems(replace(GOOD, **change), agreed=2, now=NOW))

    assert [one.field for one in found] == [field]


@given(st.integers(-2, 20), st.integers(0, 14))
def test_a_visit_has_room_for_everybody_who_has_a_yes(room, agreed):
    found = list(visits.problems(replace(GOOD, room=room), agreed=agreed, now=NOW))

    assert bool(found) == (not 1 <= room <= visits.ROOM_MAX or room < agreed)


@given(st.integers(1, visits.ROOM_MAX), st.lists(st.booleans(), max_size=30))
def test_never_more_visitors_than_room_whoever_comes_and_goes(room, steps):
    agreed = 0
    for comes in steps:
        if comes and visits.has_room(room=room, agreed=agreed):
            agreed += 1
        elif not comes and agreed:
            agreed -= 1
        assert agreed <= room


@given(STATES, SPANS)
def test_what_was_on_took_place_once_it_is_over_and_nothing_follows(state, since_end):
    found = visits.standing(state, ends_at=NOW - since_end, now=NOW)

    if found is not state:
        assert found is VisitState.TOOK_PLACE
        assert since_end >= timedelta(0)
        assert state in {VisitState.OPENED, VisitState.AGREED}
        for to in VisitState:
            with pytest.raises(moves.MoveNotAllowed):
                moves.move("visit", MOVES, found, to)


@given(STATES, STATES)
def test_a_cancelled_visit_never_comes_back(state, to):
    if state is VisitState.CANCELLED:
        assert to not in MOVES[state]
    # Only a yes or an opened visit can take place.
    assert (VisitState.TOOK_PLACE in MOVES[state]) == (
        state in {VisitState.OPENED, VisitState.AGREED}
    )


@given(STATES, SPANS)
def test_a_note_is_for_whoever_had_a_yes_and_not_before_the_end(state, since_end):
    may = visits.may_note(state, ends_at=NOW - since_end, now=NOW)

    assert may == (state is VisitState.AGREED and since_end >= timedelta(0))


@given(st.frozensets(st.integers(1, 4)), st.booleans(), st.integers(1, 4), st.booleans())
def test_colleagues_of_other_schools_ask_and_associates_if_they_may(own, outside, host, partners):
    may = visits.may_ask(schools=own, is_associate=outside, host_school=host, for_partners=partners)

    if host in own or not (own or outside):
        assert not may
    elif own:
        assert may
    else:
        assert may == partners


@given(ROTAS, st.randoms(use_true_random=False))
def test_turns_name_every_school_once_however_they_are_listed(counts, chance):
    mixed = list(counts)
    chance.shuffle(mixed)

    found = visits.turns(mixed)

    assert found == visits.turns(counts)
    assert sorted(found, key=repr) == sorted(counts, key=repr)


@given(ROTAS.filter(bool), st.sampled_from(["events", "meetings", "visits"]))
def test_hosting_once_more_never_brings_a_turn_forward(counts, what):
    one = counts[0]
    more = replace(one, **{what: getattr(one, what) + 1})

    before = [each.school_id for each in visits.turns(counts)].index(one.school_id)
    after = visits.turns([more, *counts[1:]])

    assert [each.school_id for each in after].index(one.school_id) >= before


@given(ROTAS.filter(bool), st.sampled_from(["went_to", "visited"]))
def test_receiving_once_more_never_puts_a_turn_off(counts, what):
    one = counts[0]
    more = replace(one, **{what: getattr(one, what) + 1})

    before = [each.school_id for each in visits.turns(counts)].index(one.school_id)
    after = visits.turns([more, *counts[1:]])

    assert [each.school_id for each in after].index(one.school_id) <= before
