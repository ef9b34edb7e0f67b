"""Sheets of labels: each label lies on the paper, none on another, and none is printed twice."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain import label_sheets
from booking.domain.label_sheets import PAPER_MM, SHEETS, WHITE_EDGE_MM

TINY = 1e-6


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_each_label_lies_where_a_printer_prints_and_none_overlaps(sheet):
    corners = list(sheet.corners())

    assert len(set(corners)) == len(corners) == sheet.labels
    for x, y in corners:
        assert x >= WHITE_EDGE_MM
        assert y >= WHITE_EDGE_MM
        assert x + sheet.width_mm <= PAPER_MM[0] - WHITE_EDGE_MM + TINY
        assert y + sheet.height_mm <= PAPER_MM[1] - WHITE_EDGE_MM + TINY
    for (x, y), (other_x, other_y) in itertools.combinations(corners, 2):
        beside = abs(x - other_x) >= sheet.width_mm - TINY
        below = abs(y - other_y) >= sheet.height_mm - TINY
        assert beside or below


@pytest.mark.parametrize("sheet", SHEETS.values(), ids=SHEETS)
def test_the_sheet_is_as_wide_on_the_left_as_on_the_right(sheet):
    corners = list(sheet.corners())
    right = PAPER_MM[0] - max(x for x, _ in corners) - sheet.width_mm
    bottom = PAPER_MM[1] - max(y for _, y in corners) - sheet.height_mm

    assert right == pytest.approx(sheet.left_mm, abs=0.05)
    assert bottom == pytest.approx(sheet.top_mm, abs=0.05)


@given(st.sampled_from(list(SHEETS.values())), st.integers(0, 120), st.data())
def test_labels_follow_one_another_and_begin_where_the_sheet_is_unused(sheet, count, data):
    first = data.draw(st.integers(1, sheet.labels))

    places = label_sheets.spread(count, sheet, first=first)

    numbers = [page * sheet.labels + place for page, place in places]
    assert numbers == list(range(first - 1, first - 1 + count))
    assert all(0 <= place < sheet.labels for _, place in places)
