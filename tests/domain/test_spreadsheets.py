"""A spreadsheet never runs an exported cell as a formula, and each is read back unchanged."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from booking.domain import spreadsheets

#: More likely to be dangerous than random text.
CELLS = (
    st.text(st.sampled_from("=+-@|\t\r\n\0' ＝＋－＠\ufeff\xa0\u2003aB1\",;"), max_size=8)
    | st.text()
)
#: Numbers, days and times, spelt in every way.
VALUES = st.from_regex(r"[0-9][0-9.,:/eE% \-]{0,10}[0-9]", fullmatch=True)


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


@given(CELLS | VALUES)
def test_what_was_made_safe_comes_back_as_it_was(text):
    assert spreadsheets.plain(spreadsheets.safe(text)) == text
    assert spreadsheets.plain(spreadsheets.kept(text)) == text


#: What LibreOffice 7.4 opened as a number, a day or a truth, under British or French settings.
@pytest.mark.parametrize(
    "text",
    [
        *("001234", "1234567890123456", "07700900123", "1E5", "5e-3", "999", "11.5", ".5", "1."),
        *("5,500", "1,5", "5 500", "1 234 567", "12%", "£12", "£ 12", "€5", "(5)", "1 1/2"),
        *("3/4", "12-05", "1/2/2027", "1.5.2027", "2027-05-12", "2027-05-12T10:30", "12:30"),
        *("12 May", "May 2027", "Sept 2027", "Jun-11", "11/Jun", "11 June", "10 am"),
        *("12 May 2027 10:30", "TRUE", "false", "true "),
    ],
)
def test_text_that_a_spreadsheet_would_read_as_a_value_has_a_tab_behind_it(text):
    assert spreadsheets.kept(text) == f"{text}\t"
    assert spreadsheets.plain(f"{text}\t") == text


@pytest.mark.parametrize(
    "text",
    [
        *("07700 900123", "01632 960001", "020 7946 0018", "0800 1111"),
        *("Year 5", "A12", "Sam Lane 07700 900321", "May", "1st May", "", "Jo", "Summer 2027"),
        # Read as what they say.
        *("£6.00", "£1,200.50", "30 April 2027", "Friday 11 June 2027"),
    ],
)
def test_other_text_stays_as_it_is(text):
    assert spreadsheets.kept(text) == text


@given(VALUES)
def test_no_text_is_left_that_is_only_digits_and_marks(text):
    cell = spreadsheets.kept(text)

    assert cell.endswith("\t") or cell.startswith(("'", "0"))
