"""Every CSV file is written in one place, and each cell opens in a spreadsheet as what it is."""

import csv
import io
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

import booking
from booking.domain import spreadsheets
from booking.foundation import contacts, csv_files


def read_back(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_a_file_has_the_mark_that_excel_knows_and_a_line_for_each_row():
    content = csv_files.as_file([["Name", "Pounds"], [], ["Zoë, “Zo”", Decimal("6.00")]])

    assert content == '\ufeffName,Pounds\r\n\r\n"Zoë, “Zo”",6.00\r\n'.encode()


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("+447700900123", "07700 900123"),
        ("+44 7700 900123", "07700 900123"),
        ("+442079460018", "020 7946 0018"),
        ("07700900123", "07700900123\t"),
        ("+35312345678", "00353 1 234 5678\t"),
        ("001234", "001234\t"),
        ("3/4", "3/4\t"),
        ("=1+1", "'=1+1"),
        ("-5", "'-5"),
        ("Amara", "Amara"),
        (-5, "-5"),
        (Decimal("-1.20"), "-1.20"),
        (date(2027, 6, 11), "2027-06-11"),
        (datetime(2027, 6, 11, 9, 5), "2027-06-11 09:05"),
        (None, ""),
    ],
)
def test_text_stays_text_and_values_stay_values(cell, written):
    assert read_back(csv_files.as_file([["before", cell]])) == [["before", written]]


@given(st.sampled_from(["GB", "IE", "FR", "PL", "IN", "US", "NG"]), st.integers(0, 10**7))
def test_a_telephone_number_is_text_in_every_file_and_dials_the_same(region, more):
    example = phonenumbers.example_number_for_type(region, phonenumbers.PhoneNumberType.MOBILE)
    example.national_number += more % 1000
    stored = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.E164)

    [[_, cell]] = read_back(csv_files.as_file([["x", stored]]))

    assert cell[0] not in spreadsheets.TRIGGERS
    assert cell.endswith("\t") or " " in cell
    assert contacts.e164(spreadsheets.plain(cell)) == stored


def test_no_other_place_writes_csv():
    """A file written elsewhere would forget to protect telephone numbers."""
    root = Path(booking.__file__).parent
    writers = [path for path in root.rglob("*.py") if "csv.writer(" in path.read_text()]

    assert [path.relative_to(root).as_posix() for path in writers] == ["foundation/csv_files.py"]
