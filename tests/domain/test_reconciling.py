"""Which bank line and which entry are the same money, and what is left over."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from booking.domain import reconciling
from booking.domain.reconciling import WINDOW, BankStanding, UnmatchedItem, suggest

MARCH = date(2027, 3, 1)


def item(key, day, pence, *words, group=""):
    return UnmatchedItem(key, MARCH + timedelta(days=day), pence, words, group)


def keys(suggestions):
    return [(each.lines, each.entries, each.sure) for each in suggestions]


def test_equal_amounts_near_in_time_are_one():
    found = suggest([item("bank", 3, -4_500)], [item("coach", 0, -4_500), item("hall", 0, -4_000)])

    assert keys(found) == [(("bank",), ("coach",), True)]
    assert found[0].why == "The same amount, 3 days apart."


def test_another_day_outside_the_window_or_another_amount_is_not():
    lines = [item("late", 8, 600), item("penny", 0, 601), item("other way", 0, -600)]

    assert suggest(lines, [item("entry", 0, 600)]) == []


def test_a_reference_decides_between_equal_amounts():
    lines = [item("a", 1, 12_000, "BGC  MILL LANE PRIMARY  INV 7"), item("b", 1, 12_000, "BGC 12")]
    entries = [item("ashdale", 1, 12_000, "ashdale"), item("mill", 1, 12_000, "mill-lane")]

    assert keys(suggest(lines, entries)) == [
        (("a",), ("mill",), True),
        (("b",), ("ashdale",), True),
    ]


def test_equal_payments_without_a_reference_are_paired_in_order_and_not_called_sure():
    lines = [item("b", 2, 600), item("a", 0, 600)]
    entries = [item("y", 3, 600), item("x", 1, 600)]

    assert keys(suggest(lines, entries)) == [(("a",), ("x",), False), (("b",), ("y",), False)]


def test_one_line_can_be_the_sum_of_entries_of_one_school():
    entries = [
        item("first", -3, 2_400, group="mill-lane"),
        item("second", -2, 3_600, group="mill-lane"),
        item("other", 0, 2_400, group="ashdale"),
    ]

    assert keys(suggest([item("bank", 0, 6_000, "BGC")], entries)) == [
        (("bank",), ("first", "second"), False)
    ]


def test_one_entry_can_be_the_sum_of_lines():
    lines = [item("first", 0, -1_000), item("second", 1, -2_500)]

    assert keys(suggest(lines, [item("coaches", 0, -3_500)])) == [
        (("first", "second"), ("coaches",), False)
    ]


def test_a_sum_that_several_make_up_is_nobodys():
    entries = [item("a", 0, 100), item("b", 0, 200), item("c", 1, 100)]

    assert suggest([item("bank", 0, 300)], entries) == []


items = st.lists(
    st.tuples(st.integers(0, 20), st.sampled_from([-300, -100, 100, 200, 300, 600])), max_size=8
)


def named(facts, prefix):
    return [item(f"{prefix}{n}", day, pence) for n, (day, pence) in enumerate(facts)]


@given(items, items)
def test_suggestions_agree_to_the_penny_are_near_and_use_nothing_twice(lines, entries):
    lines, entries = named(lines, "l"), named(entries, "e")
    by_key = {each.key: each for each in (*lines, *entries)}

    found = suggest(lines, entries)

    used = [key for each in found for key in (*each.lines, *each.entries)]
    assert len(used) == len(set(used))
    for each in found:
        ours = [by_key[key] for key in each.lines]
        theirs = [by_key[key] for key in each.entries]
        assert sum(one.pence for one in ours) == sum(one.pence for one in theirs)
        assert all(abs(one.on - other.on) <= WINDOW for one in ours for other in theirs)
        assert min(len(ours), len(theirs)) == 1


@settings(max_examples=60)
@given(st.lists(st.integers(0, 25), max_size=6), st.lists(st.integers(0, 25), max_size=6))
def test_as_many_equal_amounts_are_paired_as_can_be(line_days, entry_days):
    found = suggest(
        named([(day, 600) for day in line_days], "l"),
        named([(day, 600) for day in entry_days], "e"),
    )

    assert len(found) == most_pairs(line_days, entry_days)


def most_pairs(ours, theirs):
    """Count the most pairs by trying everything."""
    if not ours:
        return 0
    first, *rest = ours
    taken = [
        1 + most_pairs(rest, theirs[:n] + theirs[n + 1 :])
        for n, day in enumerate(theirs)
        if abs(day - first) <= WINDOW.days
    ]
    return max([most_pairs(rest, theirs), *taken])


@given(st.lists(st.sampled_from(["a", "b", "c"])))
def test_equal_lines_are_numbered_from_one(marks):
    numbers = reconciling.numbered(marks)

    assert len(set(zip(marks, numbers, strict=True))) == len(marks)
    highest = {
        mark: max(n for m, n in zip(marks, numbers, strict=True) if m == mark) for mark in marks
    }
    assert highest == Counter(marks)


def test_a_fingerprint_does_not_mind_spaces_and_capitals():
    day = date(2027, 3, 1)

    assert reconciling.fingerprint(day, 600, "BGC  Mill Lane ") == reconciling.fingerprint(
        day, 600, "bgc mill lane"
    )
    assert reconciling.fingerprint(day, 600, "a") != reconciling.fingerprint(day, -600, "a")


def test_what_stands_between_ledger_and_bank():
    standing = BankStanding(
        ledger_pence=10_000, not_at_bank_pence=-2_500, not_in_ledger_pence=-120, bank_pence=12_380
    )

    assert (standing.expected_pence, standing.difference_pence) == (12_380, 0)
