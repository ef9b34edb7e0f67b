"""The network's rules for bids: what may be asked, approved and claimed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import bidding
from booking.domain.bidding import Application, BidKind, Rules

TODAY = date(2027, 3, 1)
AMOUNTS = st.integers(1, 200_000)
PERCENTS = st.integers(1, 100)
RULES = st.builds(
    lambda percent, speaker, bid, more, two: Rules(percent, speaker, bid, bid + more, two),
    PERCENTS,
    PERCENTS,
    AMOUNTS,
    st.integers(0, 200_000),
    st.integers(0, 200_000),
)
APPLICATIONS = st.builds(
    Application,
    st.sampled_from(BidKind),
    st.dates(TODAY, TODAY + timedelta(days=500)),
    AMOUNTS,
    AMOUNTS,
)


def found(application, rules=None, term_pence=0, today=TODAY):
    problems = bidding.problems(application, rules or Rules(), term_pence=term_pence, today=today)
    return [problem.field for problem in problems]


@given(APPLICATIONS, RULES, st.integers(0, 400_000))
def test_a_bid_without_a_problem_keeps_every_rule(application, rules, term_pence):
    if found(application, rules, term_pence):
        return
    asked = application.asked_pence
    assert 0 < asked <= application.cost_pence
    assert asked * 100 <= application.cost_pence * rules.percent(application.kind)
    assert asked <= rules.bid_max_pence
    assert term_pence + asked <= rules.term_max_pence


@given(APPLICATIONS, RULES, st.integers(0, 400_000))
def test_a_bid_that_keeps_every_rule_has_no_problem(application, rules, term_pence):
    asked, cost = application.asked_pence, application.cost_pence
    keeps = (
        asked * 100 <= cost * rules.percent(application.kind)
        and asked <= rules.bid_max_pence
        and term_pence + asked <= rules.term_max_pence
    )
    assert (found(application, rules, term_pence) == []) is keeps


@given(APPLICATIONS, RULES, st.integers(0, 400_000), st.integers(1, 200_000))
def test_less_is_never_refused_where_more_is_allowed(application, rules, term_pence, less):
    smaller = Application(
        application.kind,
        application.takes_place_on,
        application.cost_pence,
        min(less, application.asked_pence),
    )
    if not found(application, rules, term_pence):
        assert found(smaller, rules, term_pence) == []


@given(AMOUNTS, PERCENTS)
def test_the_largest_share_is_exact_to_the_penny(cost, percent):
    share = bidding.largest_share(cost, percent)

    assert share * 100 <= cost * percent < (share + 1) * 100


@given(st.integers(-5, 50_000), st.integers(-5, 50_000), st.integers(0, 50_000), PERCENTS)
def test_a_claim_without_a_problem_is_within_promise_and_share(claimed, paid, promised, percent):
    problems = bidding.claim_problems(
        claimed_pence=claimed, paid_pence=paid, promised_pence=promised, percent=percent
    )
    keeps = 0 < claimed <= promised and paid > 0 and claimed * 100 <= paid * percent
    assert (problems == []) is keeps


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"subsidy_percent": 0}, ["subsidy_percent"]),
        ({"speaker_percent": 101}, ["speaker_percent"]),
        ({"bid_max_pence": 0}, ["bid_max_pence"]),
        ({"term_max_pence": 100}, ["term_max_pence"]),
        ({"two_above_pence": -1}, ["two_above_pence"]),
        ({"lapse_days": 0}, ["lapse_days"]),
        ({"lapse_days": 201, "subsidy_percent": 0}, ["subsidy_percent", "lapse_days"]),
    ],
)
def test_rules_that_nobody_could_work_by_are_refused(changes, fields):
    with pytest.raises(bidding.RulesWrong) as caught:
        bidding.check_rules(Rules(**changes))

    assert [problem.field for problem in caught.value.problems] == fields


@given(RULES)
def test_rules_in_order_are_taken_as_they_are(rules):
    assert bidding.check_rules(rules) is rules


def test_a_bid_of_today_is_in_time_and_one_of_yesterday_is_not():
    def on(day):
        return found(Application(BidKind.SUBSIDY, day, 10_000, 5_000))

    assert on(TODAY) == []
    assert on(TODAY - timedelta(days=1)) == ["takes_place_on"]
    assert on(TODAY + timedelta(days=550)) == []
    assert on(TODAY + timedelta(days=551)) == ["takes_place_on"]


def test_the_date_may_have_passed_when_the_bid_is_decided_on():
    late = Application(BidKind.SUBSIDY, TODAY - timedelta(days=9), 10_000, 5_000)

    assert found(late, today=None) == []
