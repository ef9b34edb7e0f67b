"""Asking for what you need is always best, for one school and for two that agree to lie."""

from dataclasses import replace
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from booking.domain.allocation import share
from booking.domain.allocation.claims import RoundFacts
from tests.domain.allocation.rounds import PROPERTY, counts, rounds


def misreported(round_: RoundFacts, wanted: dict[str, int]) -> RoundFacts:
    """Return the round as it would be if these schools asked for these numbers; 0 is no request."""
    claims = (
        replace(claim, wanted=wanted.get(claim.school, claim.wanted))
        for claim in round_.claims
        if wanted.get(claim.school, claim.wanted)
    )
    return replace(round_, claims=tuple(claims))


@PROPERTY
@given(rounds(schools=5, places=16, most=6))
def test_no_school_gains_by_asking_for_another_number(round_):
    honest = counts(round_)
    for claim in round_.claims:
        needed, received = claim.wanted, honest[claim.school]
        for wanted in range(needed + 6):
            other = counts(misreported(round_, {claim.school: wanted})).get(claim.school, 0)
            useful = min(other, needed)
            assert useful <= received
            if received < claim.limit:
                # If places are short, it cannot even get more than it needs.
                assert other <= received


@PROPERTY
@given(rounds(schools=3, places=9, most=4))
def test_no_two_schools_gain_by_agreeing_on_other_numbers(round_):
    honest = counts(round_)
    for pair in combinations(round_.claims, 2):
        for numbers in product(*(range(claim.wanted + 3) for claim in pair)):
            names = [claim.school for claim in pair]
            lied = counts(misreported(round_, dict(zip(names, numbers, strict=True))))
            gains = [
                min(lied.get(claim.school, 0), claim.wanted) - honest[claim.school]
                for claim in pair
            ]
            assert max(gains) <= 0 or min(gains) < 0


@PROPERTY
@given(rounds(), st.integers(0, 20))
def test_a_school_that_was_refused_a_place_changes_nothing_by_asking_for_more_or_less(
    round_, extra
):
    allotment = share.allot(round_)
    for claim in round_.claims:
        received = allotment.counts[claim.school]
        if received < claim.limit:
            other = misreported(round_, {claim.school: received + extra})
            assert share.allot(other).served == allotment.served
