"""What a search may mean: every way in which people write amounts, days, months and references."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import money
from booking.domain.searching import LONGEST, Sought, sought

TODAY = date(2026, 11, 30)
DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PENCE = st.integers(0, money.LARGEST_PENCE)


@pytest.mark.parametrize(
    ("text", "pence"),
    [("9", 900), ("£9.00", 900), ("3,50", 350), ("£3,5", 350), ("1,200", 120_000), ("60p", 60)],
)
def test_amounts_are_read_as_people_write_them(text, pence):
    assert sought(text, TODAY).pence == pence


@pytest.mark.parametrize(
    ("text", "first_on", "last_on"),
    [
        ("3 March", date(2026, 3, 3), date(2026, 3, 3)),
        ("3rd mar 2025", date(2025, 3, 3), date(2025, 3, 3)),
        ("Tue, 3 March 2026", date(2026, 3, 3), date(2026, 3, 3)),
        ("3/3/26", date(2026, 3, 3), date(2026, 3, 3)),
        ("2026-03-03", date(2026, 3, 3), date(2026, 3, 3)),
        ("March", date(2026, 3, 1), date(2026, 3, 31)),
        ("December", date(2025, 12, 1), date(2025, 12, 31)),
        ("Feb 2024", date(2024, 2, 1), date(2024, 2, 29)),
        ("2026-12", date(2026, 12, 1), date(2026, 12, 31)),
        ("29 February", date(2024, 2, 29), date(2024, 2, 29)),
        ("31 April", None, None),
        ("2026-13", None, None),
    ],
)
def test_days_and_months_are_read_as_people_write_them(text, first_on, last_on):
    found = sought(text, TODAY)

    assert (found.first_on, found.last_on) == (first_on, last_on)


@pytest.mark.parametrize(
    "text", ["fGFC5X9yN7bCV2Up", "Reference fGFC5X9yN7bCV2Up", "  ref: fGFC5X9yN7bCV2Up "]
)
def test_reference_is_read_with_its_label_or_without(text):
    assert sought(text, TODAY).reference == "fGFC5X9yN7bCV2Up"


def test_month_may_be_the_name_of_a_town_as_well():
    assert sought("March", TODAY).name == "March"


def test_amount_is_no_name_and_no_day():
    assert sought("2026", TODAY) == Sought("2026", pence=202_600, reference="2026")


@given(PENCE)
def test_every_amount_that_we_write_is_found(pence):
    assert sought(money.pounds(pence), TODAY).pence == pence
    assert sought(f"{pence // 100},{pence % 100:02d}", TODAY).pence == pence


@given(DAYS, st.sampled_from(["%d %B %Y", "%d %b %Y", "%a %d %b %Y", "%d/%m/%Y", "%Y-%m-%d"]))
def test_every_day_is_found_however_it_is_written(on, how):
    found = sought(on.strftime(how), TODAY)

    assert (found.first_on, found.last_on) == (on, on)


@given(DAYS)
def test_month_is_from_its_first_day_to_its_last(on):
    found = sought(on.strftime("%B %Y"), TODAY)

    assert found.first_on == on.replace(day=1)
    assert (found.last_on + timedelta(days=1)).day == 1
    assert found.first_on <= on <= found.last_on


@given(DAYS, DAYS)
def test_day_without_a_year_is_the_latest_that_is_not_to_come(on, today):
    found = sought(on.strftime("%d %B"), today)

    assert (found.first_on.month, found.first_on.day) == (on.month, on.day)
    assert today - timedelta(days=366 * 8) < found.first_on <= today


@given(st.text(max_size=3 * LONGEST))
def test_any_text_may_be_looked_for(text):
    assert len(sought(text, TODAY).text) <= LONGEST
