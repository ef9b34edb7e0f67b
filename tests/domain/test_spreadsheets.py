"""No exported cell is ever run by a spreadsheet, and each comes back as it was."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booking.domain import spreadsheets

#: Likelier to be dangerous than text at random.
CELLS = (
    st.text(st.sampled_from("=+-@|\t\r\n\0' ＝＋－＠\ufeff\xa0\u2003aB1\",;"), max_size=8)
    | st.text()
)


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("Amara", "Amara"),
        ("", ""),
        ("O'Neill", "O'Neill"),
        ("'Abdu", "'Abdu"),
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("'=1+1", "''=1+1"),
        ("-Jones", "'-Jones"),
        ("@sum", "'@sum"),
        ("\t=1", "'\t=1"),
        ("＝cmd", "'＝cmd"),
        ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
        ("+447700900123", "+447700900123"),
        ("+44", "'+44"),
        ("+447700900123+1", "'+447700900123+1"),
        ("+447700900123\n", "'+447700900123\n"),
    ],
)
def test_formulas_get_an_apostrophe_and_telephone_numbers_do_not(text, cell):
    assert spreadsheets.safe(text) == cell


@given(CELLS)
@example("+447700900123")
def test_no_cell_begins_with_a_trigger(text):
    written = io.StringIO()
    csv.writer(written).writerow([spreadsheets.safe(text)])

    [[cell]] = list(csv.reader(io.StringIO(written.getvalue(), newline=""))) or [[""]]

    seen = cell.strip(" \xa0\u2003\ufeff")
    assert not seen.startswith(tuple(spreadsheets.TRIGGERS)) or seen[1:].isdecimal()


@given(CELLS)
def test_what_was_made_safe_comes_back_as_it_was(text):
    assert spreadsheets.plain(spreadsheets.safe(text)) == text
