"""How times read in tables, and what is written on bars."""

import re
from datetime import UTC, datetime

import pytest

from booking.foundation.web import bars, filters


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 6, 12, 15, 5, tzinfo=UTC), "12 Jun 2026, 4:05pm"),
        (datetime(2026, 1, 2, 9, tzinfo=UTC), "2 Jan 2026, 9am"),
        (datetime(2026, 1, 2, 12, tzinfo=UTC), "2 Jan 2026, midday"),
        (None, ""),
    ],
)
def test_a_moment_in_a_table_is_short_and_in_london(moment: datetime | None, words: str) -> None:
    assert filters.short_moment(moment) == words


@pytest.mark.parametrize(("kept", "words"), [("08:50", "8:50am"), ("15:20", "3:20pm")])
def test_an_hour_that_is_kept_as_text_reads_as_all_hours(kept: str, words: str) -> None:
    assert filters.hour(kept) == words


def test_a_bar_bears_its_number_only_where_it_has_room() -> None:
    drawing = bars.drawn(["Ash", "Beech"], {"Received": [40, 0.4], "Owed": [0, 39.5]}, width=720)
    borne = re.findall(r'class="middle[^"]*"[^>]*>([^<]+)</text>', drawing.decode())
    assert sorted(borne) == ["39.5", "40"]
