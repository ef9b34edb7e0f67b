"""What every round promises, whatever the basis: feasible, efficient, monotone, fair."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import check, draw, share
from booking.domain.allocation.claims import Basis, Claim, RoundFacts
from tests.domain.allocation.rounds import (
    EVENT,
    PROPERTY,
    SEED,
    by_the_book,
    counts,
    make_round,
    rounds,
)


def without(round_: RoundFacts, school: str, **changes: int) -> RoundFacts:
    others = tuple(claim for claim in round_.claims if claim.school != school)
    return replace(round_, claims=others, **changes)


@PROPERTY
@given(rounds())
def test_the_result_is_the_rule_written_out(round_):
    allotment = share.allot(round_)
    units = tuple((unit.school, unit.nth) for unit in allotment.units)
    assert units == by_the_book(round_)[: round_.places]


@PROPERTY
@given(rounds())
def test_no_school_receives_more_than_it_may_and_no_place_is_wasted(round_):
    given_ = counts(round_)
    assert set(given_) == {claim.school for claim in round_.claims}
    for claim in round_.claims:
        cap = claim.wanted if claim.at_most is None else claim.at_most
        assert 0 <= given_[claim.school] <= min(claim.wanted, cap)
    assert sum(given_.values()) == min(round_.places, len(by_the_book(round_)))


@PROPERTY
@given(rounds())
def test_every_result_passes_the_second_opinion(round_):
    check.assert_valid(round_, share.allot(round_))


@PROPERTY
@given(rounds())
def test_one_more_place_goes_to_one_school_and_hurts_nobody(round_):
    served = share.allot(round_).served
    more = share.allot(replace(round_, places=round_.places + 1)).served
    assert more[: len(served)] == served
    assert len(more) - len(served) in (0, 1)


@PROPERTY
@given(rounds())
def test_when_a_school_leaves_nobody_else_loses(round_):
    before = counts(round_)
    for gone in before:
        after = counts(without(round_, gone))
        assert all(after[school] >= before[school] for school in after)


@PROPERTY
@given(rounds())
def test_when_a_school_leaves_with_its_places_nothing_else_changes(round_):
    before = counts(round_)
    for gone, taken in before.items():
        after = counts(without(round_, gone, places=max(round_.places - taken, 0)))
        assert after == {school: count for school, count in before.items() if school != gone}


@PROPERTY
@given(rounds(), st.randoms(use_true_random=False))
def test_the_order_in_which_requests_are_listed_is_nothing(round_, random):
    shuffled = list(round_.claims)
    random.shuffle(shuffled)
    assert share.allot(replace(round_, claims=tuple(shuffled))) == share.allot(round_)


@PROPERTY
@given(rounds(), st.integers(0, 99))
def test_names_matter_only_through_the_lottery(round_, number):
    """The same claims from other schools, drawn in the same order, give the same result."""
    seed = f"other seed {number}"
    old = draw.lottery_order(round_.seed, round_.event, round_.schools)
    new = draw.lottery_order(seed, round_.event, [f"other-{n}" for n in range(len(old))])
    renamed = dict(zip(old, new, strict=True))
    claims = tuple(replace(claim, school=renamed[claim.school]) for claim in round_.claims)
    served = share.allot(replace(round_, claims=claims, seed=seed)).served
    assert served == tuple(renamed[school] for school in share.allot(round_).served)


@PROPERTY
@given(rounds(basis=Basis.EQUAL_SHARES, plain=True))
def test_equal_shares_leave_nobody_more_than_one_place_behind(round_):
    given_ = counts(round_)
    for claim, other in product(round_.claims, repeat=2):
        assert given_[claim.school] >= min(claim.wanted, given_[other.school] - 1)


@PROPERTY
@given(rounds(), st.sampled_from([Basis.EQUAL_SHARES, Basis.BY_ROLL]), st.integers(0, 3))
def test_by_roll_no_place_was_better_deserved_elsewhere(round_, basis, guarantee):
    """Webster: a place given beyond the guarantee had a key no greater than any place refused."""
    claims = tuple(
        Claim(claim.school, claim.wanted, weight=claim.weight, at_least=guarantee)
        for claim in round_.claims
    )
    round_ = replace(round_, claims=claims, basis=basis)
    given_ = counts(round_)
    for one, other in product(claims, repeat=2):
        mine, theirs = given_[one.school], given_[other.school]
        if mine <= guarantee or theirs < guarantee or theirs >= other.wanted:
            continue
        if basis is Basis.BY_ROLL:
            assert (2 * mine - 1) * other.weight <= (2 * theirs + 1) * one.weight
        else:
            assert mine <= theirs + 1


@PROPERTY
@given(rounds())
def test_guarantees_are_kept_when_there_are_places_for_them(round_):
    kept = {claim.school: guaranteed_in_full(claim) for claim in round_.claims}
    given_ = counts(replace(round_, places=max(round_.places, sum(kept.values()))))
    assert all(given_[school] >= kept[school] for school in kept)


def guaranteed_in_full(claim: Claim) -> int:
    limits = [claim.wanted, claim.at_least]
    limits += [claim.in_time] if claim.late else []
    limits += [] if claim.at_most is None else [claim.at_most]
    return min(limits)


@PROPERTY
@given(rounds())
def test_nothing_is_given_late_while_anything_was_asked_for_in_time(round_):
    given_ = counts(round_)
    late = {
        claim.school: claim.late and given_[claim.school] > claim.in_time for claim in round_.claims
    }
    if not any(late.values()):
        return
    for claim in round_.claims:
        cap = claim.wanted if claim.at_most is None else min(claim.wanted, claim.at_most)
        in_time = min(cap, claim.in_time) if claim.late else cap
        assert given_[claim.school] >= in_time


def leximin(wanted: list[int], places: int) -> tuple[int, ...]:
    """Return the fairest way to share, found by trying all; ties go to the first."""
    total = min(places, sum(wanted))
    ways = [way for way in product(*(range(n + 1) for n in wanted)) if sum(way) == total]
    return max(ways, key=lambda way: (sorted(way), way))


@PROPERTY
@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.integers(0, 8))
def test_equal_shares_are_the_fairest_of_all_ways_to_share(wanted, places):
    schools = draw.lottery_order(SEED, EVENT, [f"school-{n}" for n in range(len(wanted))])
    claims = [Claim(school, number) for school, number in zip(schools, wanted, strict=True)]
    given_ = counts(make_round(claims, places=places))
    assert tuple(given_[school] for school in schools) == leximin(wanted, places)


@PROPERTY
@given(
    st.sampled_from([Basis.EQUAL_SHARES, Basis.SEASON]),
    st.integers(1, 7),
    st.lists(st.tuples(st.integers(1, 6), st.integers(0, 30)), min_size=1, max_size=12),
)
def test_over_a_season_of_equal_requests_no_two_schools_differ_by_more_than_one(
    basis, schools, events
):
    received = {f"school-{n}": 0 for n in range(schools)}
    for number, (wanted, places) in enumerate(events):
        claims = tuple(Claim(school, wanted, received=had) for school, had in received.items())
        round_ = RoundFacts(f"event-{number}", places, basis, claims, SEED)
        for school, count in counts(round_).items():
            received[school] += count
        assert max(received.values()) - min(received.values()) <= 1
