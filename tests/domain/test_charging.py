"""What may be charged, in which words, and what hosts are warned about."""

import re
from datetime import datetime, time, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import charging, terms
from booking.domain.charging import Code, FeeKind, FeePart, Remedy
from booking.domain.funds import Fund
from booking.domain.payment_states import SETTLED, FundingStatus

SPEAKER = FeePart("speaker", 340, Fund.EVENTS)
MATERIALS = FeePart("materials", 110, Fund.EVENTS)
OFFICE = FeePart("administration", 90, Fund.ADMIN)
CPD = FeePart("CPD fund", 60, Fund.CPD)
PARTS = (SPEAKER, MATERIALS, OFFICE, CPD)
KINDS = st.sampled_from(list(FeeKind))
EVERY_PART = st.lists(
    st.builds(
        FeePart, st.sampled_from(["speaker", "coach"]), st.integers(1, 900), st.sampled_from(Fund)
    ),
    min_size=1,
    max_size=6,
)
NO_HOURS = Fraction(0)


def test_only_a_charge_may_block_a_place():
    assert [kind for kind in FeeKind if charging.may_block_place(kind)] == [FeeKind.CHARGE]


def test_only_contributions_and_charges_ask_the_parent():
    asking = [kind for kind in FeeKind if charging.asks_parent(kind)]
    assert asking == [FeeKind.VOLUNTARY_CONTRIBUTION, FeeKind.CHARGE]


@given(KINDS, st.sampled_from(list(FundingStatus)))
def test_place_is_blocked_by_an_unsettled_charge_and_by_nothing_else(kind, funding):
    expected = kind is FeeKind.CHARGE and funding not in SETTLED
    assert charging.blocks_place(kind, funding) == expected


def test_breakdown_says_where_the_fee_goes():
    assert charging.breakdown_sentence(600, PARTS) == (
        "£6.00 = £3.40 speaker + £1.10 materials + £0.90 administration + £0.60 teachers’ training"
    )
    assert charging.breakdown_sentence(600, []) == "£6.00"


def test_breakdown_that_does_not_add_up_is_refused_with_the_difference():
    assert charging.breakdown_errors(650, PARTS) == [
        "The parts come to £6.00 and the fee is £6.50. Add £0.50."
    ]
    assert charging.breakdown_errors(550, PARTS) == [
        "The parts come to £6.00 and the fee is £5.50. Remove £0.50."
    ]
    with pytest.raises(charging.PartsDoNotAddUp, match=r"Add £0\.50"):
        charging.breakdown_sentence(650, PARTS)


def test_breakdown_needs_labels_and_amounts_above_zero():
    parts = [FeePart(" ", 600, Fund.EVENTS), FeePart("coach", 0, Fund.EVENTS)]
    assert charging.breakdown_errors(600, parts) == [
        "Say what each part of the fee pays for.",
        "Give each part of the fee an amount above zero, or leave the part out.",
    ]


@given(EVERY_PART)
def test_breakdown_is_right_exactly_when_the_parts_sum_to_the_fee(parts):
    total = sum(part.pence for part in parts)
    assert charging.breakdown_errors(total, parts) == []
    assert len(charging.breakdown_errors(total + 1, parts)) == 1
    assert charging.breakdown_sentence(total, parts).count("£") == len(parts) + 1


def test_another_amount_is_divided_as_the_breakdown_divides_the_fee():
    pence = [part.pence for part in charging.parts_of(1000, PARTS)]
    assert pence == [567, 183, 150, 100]
    assert charging.parts_of(1, PARTS) == (FeePart("speaker", 1, Fund.EVENTS),)


@given(st.integers(0, 50_000), EVERY_PART)
def test_division_of_another_amount_loses_no_penny(amount, parts):
    divided = charging.parts_of(amount, parts)
    assert sum(part.pence for part in divided) == amount
    assert all(part.pence > 0 for part in divided)


@pytest.mark.parametrize(
    ("kind", "fee", "errors"),
    [
        (FeeKind.FREE, 0, []),
        (FeeKind.VOLUNTARY_CONTRIBUTION, 600, []),
        (FeeKind.PAID_BY_SCHOOL, 10, []),
        (FeeKind.FREE, 1, ["A free event has no fee. Choose another kind of fee, or enter 0."]),
        (FeeKind.CHARGE, 0, ["Enter the fee per pupil, or choose “Free”."]),
        (FeeKind.CHARGE, -1, ["Enter a fee that is not below zero."]),
        (
            FeeKind.VOLUNTARY_CONTRIBUTION,
            29,
            ["The smallest fee is £0.30. Ask for at least that, or for nothing."],
        ),
    ],
)
def test_fee_agrees_with_its_kind(kind, fee, errors):
    assert charging.fee_errors(kind, fee) == errors


def test_cost_per_head_is_rounded_down():
    assert charging.cost_per_head([10_000, 1], 30) == 333
    with pytest.raises(charging.NoHeads):
        charging.cost_per_head([10_000], 0)


@given(st.lists(st.integers(0, 100_000), max_size=6), st.integers(1, 500))
def test_charge_of_the_cost_per_head_never_takes_more_than_the_cost(costs, heads):
    per_head = charging.cost_per_head(costs, heads)
    assert per_head * heads <= sum(costs) < (per_head + 1) * heads


def test_share_in_school_hours_leaves_out_the_midday_break():
    sessions = [(time(8, 45), time(12, 0)), (time(13, 0), time(15, 15))]
    visit = (time(11, 0), time(17, 0))
    share = charging.share_in_school_hours(visit, sessions)
    assert share == Fraction(60 + 135, 360)
    assert charging.share_in_school_hours((time(16), time(18)), sessions) == 0
    assert charging.share_in_school_hours((time(9), time(11)), sessions) == 1


MINUTES = st.integers(0, 23 * 60 + 59).map(lambda minute: time(minute // 60, minute % 60))


@given(MINUTES, MINUTES, MINUTES, MINUTES)
def test_share_in_school_hours_is_a_share(start, end, opens, closes):
    if start == end:
        return
    visit = (min(start, end), max(start, end))
    session = (min(opens, closes), max(opens, closes))
    share = charging.share_in_school_hours(visit, [session])
    assert 0 <= share <= 1
    assert charging.share_in_school_hours(visit, [visit]) == 1


def test_charge_within_the_law_is_not_warned_about():
    parts = [SPEAKER, MATERIALS]
    assert charging.warnings(FeeKind.CHARGE, 450, parts, [13_500], 30, Fraction(49, 100)) == []


def test_charge_in_school_hours_is_left_to_the_lead():
    found = charging.warnings(FeeKind.CHARGE, 450, [SPEAKER], [13_500], 30, Fraction(1, 2))
    assert [(w.code, w.remedy, w.blocks) for w in found] == [
        (Code.CHARGE_IN_SCHOOL_HOURS, Remedy.LEAD_REASON, True)
    ]


def test_charge_above_cost_and_surplus_inside_it_need_a_reason():
    found = charging.warnings(FeeKind.CHARGE, 600, PARTS, [13_500], 30, NO_HOURS)
    assert [(w.code, w.remedy, w.blocks) for w in found] == [
        (Code.CHARGE_ABOVE_COST, Remedy.REASON, False),
        (Code.CPD_SHARE_IN_CHARGE, Remedy.REASON, False),
    ]
    assert "The charge is £6.00 and the cost per pupil is £4.50." in found[0].words
    assert found[1].words.startswith("£0.60 of the charge goes to the CPD fund")


@pytest.mark.parametrize(("costs", "heads"), [([], 30), ([13_500], 0)])
def test_charge_without_costs_has_to_be_costed(costs, heads):
    found = charging.warnings(FeeKind.CHARGE, 450, [SPEAKER], costs, heads, NO_HOURS)
    assert [(w.code, w.remedy) for w in found] == [(Code.CHARGE_NOT_COSTED, Remedy.CORRECTION)]


@given(
    KINDS,
    EVERY_PART,
    st.lists(st.integers(0, 50_000), max_size=4),
    st.integers(0, 60),
    st.fractions(0, 1),
)
def test_warnings_are_given_exactly_when_a_rule_is_touched(kind, parts, costs, heads, share):
    fee = sum(part.pence for part in parts)
    codes = {w.code for w in charging.warnings(kind, fee, parts, costs, heads, share)}
    charged, costed = kind is FeeKind.CHARGE, heads > 0 and sum(costs) > 0
    assert codes == {
        code
        for code, touched in {
            Code.CHARGE_IN_SCHOOL_HOURS: charged and 2 * share >= 1,
            Code.CHARGE_NOT_COSTED: charged and not costed,
            Code.CHARGE_ABOVE_COST: charged and costed and fee * heads > sum(costs),
            Code.CPD_SHARE_IN_CHARGE: charged and any(p.fund is Fund.CPD for p in parts),
        }.items()
        if touched
    }


def test_contribution_is_asked_for_as_the_law_words_it():
    asked = charging.wording(FeeKind.VOLUNTARY_CONTRIBUTION, 1000)
    assert "There is no obligation to contribute." in asked.sentences
    assert "every pupil is treated the same whether or not their family contributes" in asked.text
    assert asked.buttons == ("Contribute £10.00", "Contribute another amount", "Not this time")


@given(st.integers(1, 100_000))
def test_contribution_is_never_worded_as_a_debt(pence):
    asked = charging.wording(FeeKind.VOLUNTARY_CONTRIBUTION, pence)
    reminder = charging.contribution_reminder(pence)
    written = " ".join((asked.heading, asked.text, *asked.buttons, reminder)).casefold()
    found = [
        word for word in charging.AVOID_FOR_CONTRIBUTIONS if re.search(rf"\b{word}s?\b", written)
    ]
    assert found == []


def test_charge_says_its_amount_and_that_help_is_available():
    asked = charging.wording(FeeKind.CHARGE, 600)
    assert "the charge for it is £6.00 for each pupil" in asked.text
    assert "Help is available" in asked.text
    assert asked.buttons == ("Pay £6.00", "Ask the school for help")


@pytest.mark.parametrize("kind", [FeeKind.FREE, FeeKind.PAID_BY_SCHOOL])
def test_parent_who_is_asked_nothing_sees_no_button(kind):
    asked = charging.wording(kind, 600)
    assert asked.buttons == ()
    assert "You do not need to pay anything." in asked.text
    assert "£" not in asked.text


@given(st.integers(0, 10_000))
def test_counts_below_five_are_too_small_to_show(count):
    assert charging.is_small(count) == (count < 5)


@pytest.mark.parametrize(
    ("label", "fund", "read"),
    [
        ("CPD fund", Fund.CPD, "teachers’ training"),
        ("CPD", Fund.CPD, "teachers’ training"),
        ("Courses for teachers", Fund.CPD, "Courses for teachers"),
        ("CPD speaker", Fund.EVENTS, "CPD speaker"),
    ],
)
def test_families_read_of_teachers_training_and_not_of_cpd(label, fund, read):
    assert charging.FeePart(label, 60, fund).plain_label == read


def day_of_june(day: int, hour: int) -> datetime:
    return datetime(2027, 6, day, hour, tzinfo=terms.LONDON)


@pytest.mark.parametrize(
    ("starts", "ends", "share"),
    [
        # The two examples of the department's advice: Wednesday noon, and Thursday noon, to Sunday.
        ((9, 12), (13, 21), Fraction(5, 9)),
        ((10, 12), (13, 21), Fraction(3, 7)),
        ((12, 8), (13, 20), Fraction(0)),
        ((10, 23), (11, 2), Fraction(0)),
    ],
)
def test_a_stay_counts_by_half_days(starts, ends, share):
    stay = day_of_june(*starts), day_of_june(*ends)
    assert charging.share_of_stay(*stay, lambda on: on.weekday() < 5) == share


@given(
    st.datetimes(datetime(2027, 1, 1), datetime(2027, 12, 1)),
    st.timedeltas(timedelta(minutes=1), timedelta(days=14)),
)
def test_a_stay_on_school_days_alone_is_all_school_hours_and_in_holidays_none(starts, length):
    ends = starts + length

    assert charging.share_of_stay(starts, ends, lambda _on: False) == 0
    always = charging.share_of_stay(starts, ends, lambda _on: True)
    assert always in {0, 1}
    assert always == 1 or length < timedelta(hours=12)
