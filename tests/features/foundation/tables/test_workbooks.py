"""Excel workbooks: what a cell shows is read, and anything dangerous is refused."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from booking.foundation.tables import reading, refusals, workbooks
from booking.foundation.tables.records import TableChoices
from tests.features.foundation.tables.test_reading import PEOPLE, cells

HEADER = ("Forename", "Surname", "Year")


def workbook(**sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book):
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_cells_are_read_as_they_would_stand_in_a_csv_file():
    values = (5.0, 7700900123, 0.1 + 0.2, 4.4770e11, True, date(2026, 9, 1), " O’Brien\n ", None)
    header = ("Forename", "Surname", "Year", *"abcde")
    [record] = reading.read(workbook(List=[header, values]), PEOPLE).records

    assert record.cells[:7] == (
        *("5", "7700900123", "0.3", "447700000000", "TRUE", "2026-09-01", "O’Brien"),
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (datetime(2026, 9, 1, 10, 30), "2026-09-01 10:30:00"),
        (datetime(2026, 9, 1), "2026-09-01"),
        (1e20, "100000000000000000000"),
        (-12.5, "-12.5"),
    ],
)
def test_dates_and_numbers_are_written_plainly(value, text):
    assert workbooks.shown(value) == text


def test_titles_and_empty_rows_are_passed_over_and_numbers_are_those_of_the_sheet():
    table = reading.read(
        workbook(List=[["Tindlebrook"], [], HEADER, [None], ["Gideon", "Ash", 5]]), PEOPLE
    )

    assert [(r.line, r.cells) for r in table.records] == [(5, ("Gideon", "Ash", "5"))]
    assert (table.guess.sheet, table.guess.header_line) == ("List", 3)


def test_the_sheet_that_explains_most_is_read_and_another_can_be_chosen():
    content = workbook(
        Cover=[["Tindlebrook", "x"], ["a", "b"]],
        Empty=[],
        Pupils=[HEADER, ["Bea", "Ng", 4]],
        Old=[HEADER, ["Cy", "Obi", 3]],
    )
    table = reading.read(content, PEOPLE)

    assert (cells(table), table.guess.sheets) == (
        [("Bea", "Ng", "4")],
        ("Cover", "Pupils", "Old"),
    )
    other = reading.read(content, PEOPLE, choices=TableChoices(sheet="Old"))
    assert cells(other) == [("Cy", "Obi", "3")]
    with pytest.raises(refusals.NoSuchChoice):
        reading.read(content, PEOPLE, choices=TableChoices(sheet="Empty"))


def test_a_formula_is_never_worked_out():
    content = workbook(List=[HEADER, ["=1+1", "Ash", 5]])

    assert cells(reading.read(content, PEOPLE)) == [("", "Ash", "5")]


def test_an_empty_workbook_is_named():
    with pytest.raises(refusals.NothingInFile, match="workbook is empty"):
        reading.read(workbook(List=[]), PEOPLE)


def test_a_hidden_sheet_is_not_read():
    book = openpyxl.load_workbook(
        io.BytesIO(workbook(Pupils=[HEADER, ["Bea", "Ng", 4]], Other=[HEADER, ["Cy", "Obi", 3]]))
    )
    book["Pupils"].sheet_state = "hidden"

    assert reading.read(saved(book), PEOPLE).guess.sheets == ("Other",)


def test_too_many_rows_are_refused_before_all_are_read():
    rows = [HEADER, *([f"Pupil{n}", "Okoro", 5] for n in range(reading.ROWS_MAX + 40))]

    with pytest.raises(refusals.TooManyRows):
        reading.read(workbook(List=rows), PEOPLE)


def with_part(content, name, text):
    changed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            new.writestr(part, text if part == name else old.read(part))
        if name not in old.namelist():
            new.writestr(name, text)
    return changed.getvalue()


GOOD = workbook(List=[HEADER, ["Bea", "Ng", 4]])


def test_a_workbook_that_unpacks_to_too_much_is_refused_before_it_is_unpacked():
    bomb = with_part(GOOD, "xl/media/bomb.bin", b"\0" * (workbooks.UNPACKED_MAX + 1))

    assert len(bomb) < 100_000
    with pytest.raises(refusals.FileTooLarge, match="once it is unpacked"):
        reading.read(bomb, PEOPLE)


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet><sheetData><row>",
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><worksheet>&b;</worksheet>',
        "",
    ],
)
def test_a_damaged_or_hostile_sheet_is_refused(sheet):
    with pytest.raises((refusals.NotATable, refusals.NothingInFile)):
        reading.read(with_part(GOOD, "xl/worksheets/sheet1.xml", sheet), PEOPLE)


def test_a_row_number_beyond_every_sheet_costs_no_time():
    sheet = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Forename</t></is></c></row>'
        '<row r="99999999999"><c r="A99999999999"><v>1</v></c></row></sheetData></worksheet>'
    )

    with pytest.raises(refusals.NothingInFile):
        reading.read(with_part(GOOD, "xl/worksheets/sheet1.xml", sheet), PEOPLE)
