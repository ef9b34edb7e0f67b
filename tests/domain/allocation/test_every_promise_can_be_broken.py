"""A property that no rule could break promises nothing, so each is shown one that breaks it."""

from collections.abc import Callable
from random import Random

import pytest

from booking.domain.allocation import share
from tests.domain.allocation import spoiled
from tests.domain.allocation import test_explain as explained
from tests.domain.allocation import test_fair_shares as fair
from tests.domain.allocation import test_line as line
from tests.domain.allocation import test_record as recorded
from tests.domain.allocation import test_truthful_requests as truthful

BROKEN: dict[Callable[[], None], spoiled.Rule] = {
    fair.test_the_result_is_the_rule_written_out: spoiled.without_memory,
    fair.test_no_school_receives_more_than_it_may_and_no_place_is_wasted: spoiled.oversold,
    fair.test_every_result_passes_the_second_opinion: spoiled.kept_back,
    fair.test_one_more_place_goes_to_one_school_and_hurts_nobody: spoiled.by_roll_quota,
    fair.test_when_a_school_leaves_nobody_else_loses: spoiled.by_the_number_of_schools,
    fair.test_when_a_school_leaves_with_its_places_nothing_else_changes: spoiled.by_roll_quota,
    fair.test_the_order_in_which_requests_are_listed_is_nothing: spoiled.as_listed,
    fair.test_names_matter_only_through_the_lottery: spoiled.by_alphabet,
    fair.test_equal_shares_leave_nobody_more_than_one_place_behind: spoiled.drawn_by_lots,
    fair.test_by_roll_no_place_was_better_deserved_elsewhere: spoiled.large_ones_first,
    fair.test_guarantees_are_kept_when_there_are_places_for_them: spoiled.without_guarantees,
    fair.test_nothing_is_given_late_while_anything_was_asked_for_in_time: spoiled.without_deadline,
    fair.test_equal_shares_are_the_fairest_of_all_ways_to_share: spoiled.drawn_by_lots,
    fair.test_over_a_season_of_equal_requests_no_two_schools_differ_by_more_than_one: (
        spoiled.without_memory
    ),
    truthful.test_no_school_gains_by_asking_for_another_number: spoiled.by_requests,
    truthful.test_no_two_schools_gain_by_agreeing_on_other_numbers: spoiled.by_whim_of_the_first,
    truthful.test_a_school_that_was_refused_a_place_changes_nothing_by_asking_for_more_or_less: (
        spoiled.by_requests
    ),
    recorded.test_the_same_round_gives_the_same_bytes_and_they_agree: spoiled.by_mood,
    line.test_one_more_place_would_have_gone_to_the_first_in_line: spoiled.by_alphabet,
    line.test_the_order_continues_the_round_to_its_end: spoiled.without_deadline,
    explained.test_the_places_said_to_be_missing_would_have_been_enough_and_no_fewer: (
        spoiled.without_guarantees
    ),
}


#: How many random rounds may pass before a broken promise is noticed; kept ones run on as many.
TRIES_MAX, TRIES_KEPT = 2000, 25
#: More than any of these examples contains.
BYTES = 2000


def is_found_out(promise: Callable[[], None], tries: int) -> bool:
    """Return whether one of so many random examples breaks the promise."""
    random = Random(0)
    for _ in range(tries):
        try:
            promise.hypothesis.fuzz_one_input(random.randbytes(BYTES))
        except AssertionError:
            return True
    return False


@pytest.mark.parametrize(
    ("promise", "rule"), BROKEN.items(), ids=[promise.__name__[5:] for promise in BROKEN]
)
def test_a_rule_that_breaks_a_promise_is_found_out(promise, rule, monkeypatch):
    assert not is_found_out(promise, TRIES_KEPT)
    monkeypatch.setattr(share, "allot", rule)
    assert is_found_out(promise, TRIES_MAX)


@pytest.mark.parametrize("rule", [spoiled.by_whim_of_the_first, spoiled.drawn_by_lots])
def test_a_rule_may_keep_one_promise_and_break_another(rule, monkeypatch):
    """So none of them implies the others: these two are truthful but not fair."""
    monkeypatch.setattr(share, "allot", rule)
    alone = truthful.test_no_school_gains_by_asking_for_another_number
    assert not is_found_out(alone, TRIES_KEPT)
    assert is_found_out(fair.test_equal_shares_leave_nobody_more_than_one_place_behind, TRIES_MAX)


def test_a_rule_may_be_truthful_alone_and_sold_by_two(monkeypatch):
    monkeypatch.setattr(share, "allot", spoiled.by_whim_of_the_first)
    assert not is_found_out(truthful.test_no_school_gains_by_asking_for_another_number, 200)
    assert is_found_out(truthful.test_no_two_schools_gain_by_agreeing_on_other_numbers, TRIES_MAX)
