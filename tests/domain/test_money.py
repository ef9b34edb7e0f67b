"""Money is written, read and shared out in whole pence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import money

PARTS = st.lists(st.integers(0, 2_000), min_size=1, max_size=8).filter(any)


@pytest.mark.parametrize(
    ("pence", "written"),
    [
        (600, "£6.00"),
        (-120, "-£1.20"),
        (0, "£0.00"),
        (5, "£0.05"),
        (-5, "-£0.05"),
        (123_456_789, "£1,234,567.89"),
    ],
)
def test_pounds_are_written_with_two_decimals(pence, written):
    assert money.pounds(pence) == written


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("6", 600),
        ("6.50", 650),
        ("£6.50", 650),
        ("£ 6.50", 650),
        ("  6.5 ", 650),
        ("3,50", 350),
        ("£3,5", 350),
        ("1,20", 120),
        ("1200", 120_000),
        ("1,200.00", 120_000),
        ("60p", 60),
        ("0", 0),
        ("£1,000,000", money.LARGEST_PENCE),
    ],
)
def test_amount_is_read_as_people_type_it(text, pence):
    assert money.parse_pounds(text) == pence


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Enter an amount in pounds, like 6 or 6.50."),
        ("-6", "Enter an amount that is not below zero, like 6 or 6.50."),
        ("\u22126", "Enter an amount that is not below zero, like 6 or 6.50."),
        ("£1,000,000.01", "Enter an amount of £1,000,000.00 or less."),
    ],
)
def test_amount_that_cannot_be_taken_is_refused_with_what_to_type(text, message):
    with pytest.raises(money.NotAnAmount) as refusal:
        money.parse_pounds(text)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    "text",
    [
        "six",
        "6.505",
        "6,5050",
        "1.000,50",
        "12,00.00",
        "6.",
        ".50",
        "€6",
        "6 50",
        "٦",
        "1e3",
        "£",
        "0x6",
    ],
)
def test_text_that_is_no_amount_is_refused(text):
    with pytest.raises(money.NotAnAmount, match="is not an amount"):
        money.parse_pounds(text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "1,000",
            "“1,000” could be two amounts. Type 1000 for pounds, or pounds and pence like 1.00.",
        ),
        (
            "£12,345",
            "“12,345” could be two amounts. Type 12345 for pounds, or pounds and pence like 12.34.",
        ),
        (
            "0,500",
            "“0,500” could be two amounts. Type 500 for pounds, or pounds and pence like 0.50.",
        ),
    ],
)
def test_a_comma_that_could_mean_thousands_or_pence_is_asked_about(text, message):
    with pytest.raises(money.NotAnAmount) as refusal:
        money.parse_pounds(text)
    assert str(refusal.value) == message


@given(st.integers(0, 999_999), st.integers(0, 99), st.sampled_from(["", "£"]))
def test_a_comma_before_pence_reads_like_a_point(whole, part, sign):
    assert money.parse_pounds(f"{sign}{whole},{part:02d}") == whole * 100 + part


@given(st.integers(0, money.LARGEST_PENCE))
def test_written_amounts_are_read_back(pence):
    assert money.parse_pounds(money.pounds(pence)) == pence


def test_split_gives_pennies_left_over_to_the_largest_remainders_then_the_earlier_part():
    assert money.split(1000, [340, 110, 90, 60]) == (567, 183, 150, 100)
    assert money.split(100, [1, 1, 1]) == (34, 33, 33)
    assert money.split(-100, [1, 1, 1]) == (-34, -33, -33)
    assert money.split(0, []) == ()


def test_split_refuses_to_share_by_nothing():
    with pytest.raises(money.NothingToShareBy):
        money.split(5, [0, 0])


@given(st.integers(-50_000, 50_000), PARTS)
def test_split_loses_no_penny_and_stays_within_a_penny_of_the_exact_share(total, parts):
    shares = money.split(total, parts)
    assert sum(shares) == total
    for share, part in zip(shares, parts, strict=True):
        assert abs(share * sum(parts) - total * part) < sum(parts)


@given(PARTS, st.integers(1, 40))
def test_split_of_a_multiple_of_the_parts_gives_the_multiples(parts, times):
    expected = tuple(part * times for part in parts)
    assert money.split(sum(parts) * times, parts) == expected
