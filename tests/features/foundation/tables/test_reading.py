"""Tables as others write them: encodings, separators, titles, quotation marks, totals, refusals."""

import contextlib
import io
import time
import zipfile

import pytest

from booking.foundation.tables import encodings, reading, refusals, separated
from booking.foundation.tables.records import (
    NO_HEADER,
    NOT_NEEDED,
    TableChoices,
    TableDialect,
    folded,
)

TITLES = {"forename", "surname", "year", "note"}
PEOPLE = TableDialect(
    name="people",
    explains=lambda cells: len(TITLES & {folded(cell) for cell in cells}),
    rows="people",
    choose="Choose the list.",
    smaller="Export fewer columns.",
    shorter="Export fewer years.",
    is_value=lambda cell: cell.startswith("Year "),
)


def read(*lines, encoding="utf-8", **choices):
    content = "\r\n".join(lines).encode(encoding)
    return reading.read(content, PEOPLE, choices=TableChoices(**choices))


def cells(table):
    return [record.cells for record in table.records]


def omitted(table):
    return [(record.line, record.why) for record in table.omitted]


@pytest.mark.parametrize(
    ("encoding", "name", "guess"),
    [
        ("utf-8", "Zoë Müller", "utf-8-sig"),
        ("utf-8-sig", "Chloé O’Brien", "utf-8-sig"),
        ("cp1252", "Zoë Müller", "cp1252"),
        ("cp1252", "Chloé O’Brien", "cp1252"),
        ("cp1252", "ÉLODIE ÜNAL", "cp1252"),
        ("mac-roman", "Zoë Müller", "mac-roman"),
        ("mac-roman", "Chloé O’Brien", "mac-roman"),
        ("mac-roman", "Siân Rhys", "mac-roman"),
        ("mac-roman", "CHLOÉ DUPRÉ", "mac-roman"),
        ("cp850", "Renée Müller", "cp850"),
        ("utf-16", "Zoë Müller", "utf-16"),
        ("utf-16-le", "Zoë Müller", "utf-16-le"),
        ("utf-16-be", "Zoë Müller", "utf-16-be"),
    ],
)
def test_letters_come_out_right_in_every_encoding(encoding, name, guess):
    table = read("Forename,Surname,Year", ",".join([*name.split(), "5"]), encoding=encoding)

    assert cells(table) == [(*name.split(), "5")]
    assert table.guess.encoding == guess


def test_another_encoding_can_be_chosen():
    content = "Forename,Surname,Year\nZoë,Lane,5".encode("cp850")

    assert cells(reading.read(content, PEOPLE)) == [("Zoâ", "Lane", "5")]
    chosen = reading.read(content, PEOPLE, choices=TableChoices(encoding="cp850"))
    assert cells(chosen) == [("Zoë", "Lane", "5")]


def test_a_broken_letter_costs_only_its_own_record():
    content = "Forename,Surname,Year\nZoë,Müller,5\nRenée,Lane,4\n".encode() + b"Am\xffra,Ng,3\n"
    table = reading.read(content, PEOPLE)

    assert cells(table) == [("Zoë", "Müller", "5"), ("Renée", "Lane", "4")]
    assert omitted(table) == [
        (4, "Some letters in this row cannot be read in the file’s encoding.")
    ]


@pytest.mark.parametrize("separator", separated.CHOICES)
def test_the_separator_is_guessed(separator):
    lines = ["Forename|Surname|Year|Note", 'Amara|Okoro|5|"Oak; or, Ash | x\ty"']

    table = read(*(line.replace("|", separator, 3) for line in lines))

    assert cells(table) == [("Amara", "Okoro", "5", "Oak; or, Ash | x\ty")]
    assert table.guess.separator == separator


def test_excels_own_line_names_the_separator():
    table = read("sep=;", "Forename;Surname;Year", "Amara;Okoro;5")

    assert [(record.line, record.cells) for record in table.records] == [
        (3, ("Amara", "Okoro", "5"))
    ]


def test_the_header_is_the_row_that_explains_most():
    table = read(
        "Tindlebrook Primary School", "Year,2026/2027", "", "Forename,Surname,Year", "Gideon,Ash,5"
    )

    assert (table.header, cells(table)) == (
        ("Forename", "Surname", "Year"),
        [("Gideon", "Ash", "5")],
    )
    assert table.guess.header_line == 4
    assert table.guess.top[0] == (1, ("Tindlebrook Primary School",))


def test_another_line_or_none_can_be_chosen_as_the_header():
    lines = ("Forename,Surname,Year", "Gideon,Ash,5", "Bea,Ng,4")

    assert read(*lines, header_line=2).header == ("Gideon", "Ash", "5")
    without = read(*lines, header_line=NO_HEADER)
    assert (without.header, len(without.records)) == (("Column 1", "Column 2", "Column 3"), 3)
    with pytest.raises(refusals.NoSuchChoice):
        read(*lines, header_line=9)


def test_a_table_without_titles_has_no_header():
    for lines in (
        ("01/09/2026,HALL HIRE,-45.00", "03/09/2026,SUBSCRIPTION,120.00"),
        ("Amara,Okoro,Year 5", "Bea,Ng,Year 4"),
        ("Amara,amara@parents.example", "Bea,bea@parents.example"),
    ):
        table = read(*lines)
        assert (table.guess.header_line, len(table.records)) == (NO_HEADER, 2)


def test_titles_in_other_words_are_taken_for_the_header():
    table = read("Vorname;Nachname;Klasse", "Amara;Okoro;5")

    assert table.header == ("Vorname", "Nachname", "Klasse")


def test_columns_pointed_at_now_or_earlier_come_with_the_table():
    content = b"Vorname;Nachname;Klasse\nAmara;Okoro;5"
    remembered = {"vorname": "forename", "klasse": "class"}

    table = reading.read(
        content,
        PEOPLE,
        choices=TableChoices(columns={1: "surname", 2: NOT_NEEDED, 9: "year"}),
        remembered=remembered,
    )

    assert table.pointed == {0: "forename", 1: "surname", 2: NOT_NEEDED}


@pytest.mark.parametrize(
    "footer",
    [
        "Total,25",
        "Total pupils: 25",
        "Page 1 of 3",
        "Printed 12/09/2026 10:15",
        "TOTALS,,25,",
        "2 pupils",
    ],
)
def test_totals_and_footers_are_told_from_records(footer):
    table = read("Forename,Surname,Year,Note", "Amara,Okoro,5,", footer)

    assert (len(table.records), omitted(table)) == (1, [(3, "A total or a footer.")])


def test_a_person_called_total_is_a_record():
    assert cells(read("Surname,Forename,Year", "Total,Amy,5")) == [("Total", "Amy", "5")]


def test_the_header_printed_once_more_is_no_record():
    table = read("Forename,Surname,Year", "Amara,Okoro,5", "Forename,Surname,Year", "Bea,Ng,4")

    assert (len(table.records), omitted(table)) == (2, [(3, "The header, repeated.")])


def test_a_quoted_cell_may_have_several_lines():
    table = read("Forename,Surname,Note", 'Amara,Okoro,"12 High St', 'Flat 2, Town"', "Bea,Ng,x")

    assert [(r.line, r.cells) for r in table.records] == [
        (2, ("Amara", "Okoro", "12 High St\nFlat 2, Town")),
        (4, ("Bea", "Ng", "x")),
    ]


@pytest.mark.parametrize(
    ("line", "cells_read"),
    [
        ('"Amara","O "Bunny" Koro","5"', ("Amara", 'O "Bunny" Koro', "5")),
        ('Amara,6" Lane,5', ("Amara", '6" Lane', "5")),
        ('"Amara", "Ok""oro" ,5', ("Amara", 'Ok"oro', "5")),
        ('Amara,"Okoro,5', ("Amara", '"Okoro', "5")),
    ],
)
def test_a_stray_quotation_mark_is_part_of_the_text(line, cells_read):
    table = read("Forename,Surname,Year", line, '"Bea","Ng","4"')

    assert cells(table) == [cells_read, ("Bea", "Ng", "4")]


def test_quotation_marks_that_shift_cells_cost_only_their_own_record():
    table = read("Forename,Surname,Year", '"Amara,"Okoro","5"', '"Bea","Ng","4"', "Cy,Obi,3")

    assert cells(table) == [("Bea", "Ng", "4"), ("Cy", "Obi", "3")]
    assert omitted(table) == [(2, "The quotation marks in this row do not match.")]


def test_a_row_with_too_many_cells_is_named_and_empty_ones_do_not_count():
    table = read("Forename,Surname,Year", "Okoro, Amara,5,x", "Bea,Ng,4,,")

    assert cells(table) == [("Bea", "Ng", "4", "", "")]
    assert "more cells than the file has columns" in table.omitted[0].why


def test_a_cell_that_is_too_long_costs_only_its_own_record():
    table = read("Forename,Surname,Note", f"Amara,Okoro,{'x' * 2001}", "Bea,Ng,x")

    assert cells(table) == [("Bea", "Ng", "x")]
    assert omitted(table) == [(2, "A cell in this row is longer than 2,000 characters.")]


def test_a_title_is_read_as_far_as_titles_go():
    table = read(f"Forename,Surname,{'x' * 300}", "Bea,Ng,x")

    assert [len(title) for title in table.header] == [8, 7, 200]


@pytest.mark.parametrize(
    "content",
    [
        *(b'"' * 900_000, b'"a\n' * 300_000, b'",' * 450_000, b"\n" * 900_000 + b"x"),
        *((b'"\n' + b"a\n" * 49) * 9_000, b'"' + b"a" * 900_000 + b'"', b'" ' * 450_000),
    ],
)
@pytest.mark.slow
def test_what_is_made_to_take_long_is_read_or_refused_in_seconds(content):
    begun = time.process_time()
    with contextlib.suppress(refusals.NotReadable):
        reading.read(content, PEOPLE)

    assert time.process_time() - begun < 5, "each takes less than two"


def test_pasted_text_is_read_alike():
    table = reading.read("Forename\tSurname\tYear\nZoë\tO’Brien\t5\n", PEOPLE)

    assert (cells(table), table.guess.encoding) == ([("Zoë", "O’Brien", "5")], None)


def zipped(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return packed.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"", refusals.NothingInFile, "empty"),
        (b"\xef\xbb\xbf \r\n", refusals.NothingInFile, "empty. Choose the list."),
        (b",,\n,,\n", refusals.NothingInFile, "empty"),
        (b"Forename,Surname,Year\r\n,,\r\n", refusals.NothingInFile, "no people"),
        (b"x" * (reading.BYTES_MAX + 1), refusals.FileTooLarge, "larger than 1 MB"),
        (
            b"PK" + b"x" * reading.WORKBOOK_BYTES_MAX,
            refusals.FileTooLarge,
            "larger than 800 KB",
        ),
        (b"a," * 201 + b"a\n" + b"b," * 201 + b"b", refusals.TooManyColumns, "200 columns"),
        (b"%PDF-1.7", refusals.NotATable, "a PDF"),
        (b"{\\rtf1", refusals.NotATable, "RTF"),
        (b"\x89PNG\r\n", refusals.NotATable, "a picture"),
        (b"<html><table>", refusals.NotATable, "a web page"),
        (b"<?xml version='1.0'?><Workbook/>", refusals.NotATable, "XML"),
        (b"\1\2\3\4\5\6" * 20, refusals.NotATable, "not plain text"),
        (b"PK\x03\x04...", refusals.NotATable, "damaged"),
        (zipped("word/document.xml"), refusals.NotATable, "a Word document"),
        (zipped("mimetype", "content.xml"), refusals.NotATable, "an OpenDocument file"),
        (zipped("xl/workbook.bin"), refusals.NotATable, "xlsb"),
        (zipped("photo.jpg"), refusals.NotATable, "a ZIP archive"),
        (OLE + "Workbook".encode("utf-16-le"), refusals.NotATable, r"old Excel workbook \(.xls\)"),
        (OLE + "WordDocument".encode("utf-16-le"), refusals.NotATable, "old Office program"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            refusals.PasswordProtected,
            "protected by a password",
        ),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(content, refusal, words):
    with pytest.raises(refusal, match=words):
        reading.read(content, PEOPLE)


def test_two_thousand_rows_are_read_and_one_more_is_not():
    lines = ["Forename,Surname,Year", *(f"Pupil{n},Okoro,5" for n in range(reading.ROWS_MAX))]

    assert len(read(*lines).records) == reading.ROWS_MAX
    with pytest.raises(refusals.TooManyRows, match="more than 2,000 rows"):
        read(*lines, "Amara,Okoro,5")
    with pytest.raises(refusals.TooManyRows):
        read(*lines, *lines)


def test_a_choice_that_does_not_exist_is_refused():
    for choices in ({"encoding": "utf-7"}, {"separator": "#"}):
        with pytest.raises(refusals.NoSuchChoice):
            reading.read(b"a,b\n1,2", PEOPLE, choices=TableChoices(**choices))


def test_all_encodings_that_are_guessed_can_be_chosen():
    assert {encodings.guessed(b"a"), encodings.guessed(b"\xff\xfea\0")} <= encodings.CHOICES.keys()
