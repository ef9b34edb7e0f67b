"""Lists of pupils as schools' systems export them: what is understood, and what is refused."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.gb import upn

from booking.foundation.tables import reading as table_reading
from booking.foundation.tables import refusals as table_refusals
from booking.people.pupils.details import ParentDetails
from booking.people.pupils.imports import columns, rows
from booking.people.pupils.imports.rows import BadRow, PupilRow

YEARS = (0, 6)


def read(*lines, encoding="utf-8", years=YEARS):
    return rows.read("\r\n".join(lines).encode(encoding), years=years)


def names_and_years(reading):
    return [(row.forename, row.surname, row.year_group) for row in reading.rows]


def why(row):
    return [(left.contact.name, left.why) for left in row.left_out]


def notes(row):
    return [note for contact in row.contacts for note in contact.notes]


def problems(reading):
    return [row.problem for row in reading.rows if isinstance(row, BadRow)]


def test_a_plain_file_is_read():
    reading = read("Forename,Surname,Year group", "Amara,Okoro,Year 5", "Bea,Ng,Year 4")

    assert names_and_years(reading) == [("Amara", "Okoro", 5), ("Bea", "Ng", 4)]
    assert (reading.ignored, reading.never_kept) == ((), ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_letters_are_right_in_every_encoding_that_systems_export(encoding):
    reading = read("Forename,Surname,Year", "Zoë,O’Brien,5", encoding=encoding)

    assert names_and_years(reading) == [("Zoë", "O’Brien", 5)]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_the_separator_is_found_out(separator):
    lines = ["Forename|Surname|Year|Form", 'Amara|Okoro|5|"Oak; or, Ash"']

    reading = read(*(line.replace("|", separator) for line in lines))

    assert names_and_years(reading)[0] == ("Amara", "Okoro", 5)


def test_excels_own_line_about_the_separator_is_passed_over():
    reading = read("sep=;", "Forename;Surname;Year", "Amara;Okoro;5")

    assert [(row.line, row.forename) for row in reading.rows] == [(3, "Amara")]


def test_titles_over_the_header_are_passed_over():
    reading = read("Ashdale Primary School, pupils", "", "Forename,Surname,Year", "Amara,Okoro,5")

    assert [(row.line, row.forename) for row in reading.rows] == [(4, "Amara")]


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("First name,Last name,NCY", "Amara,Okoro,5"),
        ("Preferred name,Surname,Year Group", "Amara,Okoro,Y5"),
        ("Legal forename,Preferred forename,Legal Surname,Year", "Amarachi,Amara,Okoro,05"),
        ("Legal forename,Preferred forename,Legal Surname,Year", "Amara,,Okoro,Yr 5"),
        ("Name,Year", '"Okoro, Amara",Year 5'),
        ("Full name,Curriculum Year", "Amara Okoro,5"),
        ("Pupil Forename,Pupil Surname,Pupil Year", "Amara,Okoro,5"),
        ("Student,Year", '"Okoro, Amara",5'),
        ("FORENAME , SURNAME , N.C. Year", "Amara , Okoro , 5"),
    ],
)
def test_columns_go_by_many_names(header, cells):
    assert names_and_years(read(header, cells)) == [("Amara", "Okoro", 5)]


@pytest.mark.parametrize(
    ("text", "year"), [("Year 5", 5), ("5", 5), ("Y5", 5), ("R", 0), ("Reception", 0)]
)
def test_year_groups_are_written_in_many_ways(text, year):
    assert names_and_years(read("Name,Year", f"Amara Okoro,{text}")) == [("Amara", "Okoro", year)]


def test_two_parents_are_read_with_their_numbers_in_one_form():
    reading = read(
        "Forename,Surname,Year,Parent 1 name,Parent 1 e-mail,Parent 1 phone,"
        "Contact 2 Forename,Contact 2 Surname,Contact 2 Email Address,Contact 2 Mobile",
        "Amara,Okoro,5,Ngozi Okoro,Ngozi@Parents.example,07700 900123,"
        "Sam,Lane,sam@parents.example,+33 1 23 45 67 89",
    )

    assert reading.rows[0].parents == (
        ParentDetails("Ngozi Okoro", "ngozi@parents.example", "+447700900123"),
        ParentDetails("Sam Lane", "sam@parents.example", "+33123456789"),
    )


def test_a_parent_needs_no_address_and_a_bad_number_is_left_out():
    reading = read(
        "Forename,Surname,Year,Parent name,Parent email,Parent phone",
        "Amara,Okoro,5,Ngozi Okoro,,07700 900123",
        "Bea,Ng,4,,lin@parents.example,ask the office",
        "Cy,Obi,3,Ife Obi,ife at home,",
    )

    first, second, third = reading.rows
    assert (first.parents, why(first)) == (
        (ParentDetails("Ngozi Okoro", "", "+447700900123"),),
        [],
    )
    assert (second.parents, notes(second)) == (
        (ParentDetails("Parent or carer", "lin@parents.example"),),
        ["“ask the office” is not a telephone number and is left out."],
    )
    assert (third.forename, third.parents, notes(third)) == (
        "Cy",
        (ParentDetails("Ife Obi", ""),),
        ["“ife at home” is not an e-mail address."],
    )


def test_an_address_that_can_never_get_mail_is_left_out_and_a_slip_is_pointed_out():
    reading = read(
        "Forename,Surname,Year,Parent name,Parent email",
        "Amara,Okoro,5,Ngozi Okoro,ngozi@mail.local",
        "Bea,Ng,4,Lin Ng,lin@gmial.com",
    )

    first, second = reading.rows
    assert first.parents == (ParentDetails("Ngozi Okoro", ""),)
    assert [note[:50] for note in notes(first)] == [
        "No mail can ever reach “ngozi@mail.local”, because"
    ]
    assert second.parents == (ParentDetails("Lin Ng", "lin@gmial.com"),)
    assert notes(second) == ["“lin@gmial.com” looks like a slip for lin@gmail.com: please check."]


@pytest.mark.parametrize(
    ("cell", "number", "notes_"),
    [
        ("7700900123", "+447700900123", []),
        ("+44 (0)7700 900125", "+447700900125", []),
        ("+353 87 123 4567", "+353871234567", []),
        ("4.4770E+11", "", ["“4.4770E+11” is not a telephone number and is left out."]),
        ("0770090012", "", ["“0770090012” is not a telephone number and is left out."]),
        ("2125550123", "", ["“2125550123” is not a telephone number and is left out."]),
        (
            "07700 900123 (mum)",
            "+447700900123",
            ["Of “07700 900123 (mum)” only the number 07700 900123 is kept."],
        ),
        (
            "07700 900124 / 01632 960001",
            "+447700900124",
            ["Only the first of several telephone numbers is kept: 07700 900124."],
        ),
        (
            "01632 960001 ext 12",
            "+441632960001",
            ["The extension 12 of 01632 960001 is left out."],
        ),
        ("none", "", []),
    ],
)
def test_a_cell_for_a_number_is_read_by_whether_somebody_can_have_it(cell, number, notes_):
    [row] = read(
        "Forename,Surname,Year,Parent name,Parent email,Parent phone",
        f"Una,Lamb,5,Ida Lamb,ida@parents.example,{cell}",
    ).rows

    assert [parent.phone for parent in row.parents] == [number]
    assert notes(row) == notes_


@pytest.mark.parametrize(
    ("cell", "address"),
    [
        ("none", None),
        ("N/A", None),
        ("Ife Obi <ife@parents.example>", "ife@parents.example"),
        ("ife@parents.example; ben@parents.example", "ife@parents.example"),
    ],
)
def test_a_cell_for_an_address_is_read_as_schools_write_it(cell, address):
    [row] = read("Forename,Surname,Year,Parent name,Parent email", f"Cy,Obi,3,Ife Obi,{cell}").rows

    assert [parent.email for parent in row.parents] == [address or ""]


def test_a_pupils_own_address_is_never_taken_for_a_parents():
    reading = read(
        "Forename,Surname,Year,Email,Student email",
        "Amara,Okoro,5,a@school.example,b@school.example",
    )

    assert reading.rows[0].parents == ()
    assert reading.ignored + reading.never_kept == ("Email", "Student email")


def test_what_an_event_does_not_need_is_named_and_left_out():
    reading = read(
        "Forename,Surname,Year,House,DOB,Home address,FSM,Pupil premium,Ethnicity,SEN status,"
        "Contact 1 address,Emergency contact number",
        "Amara,Okoro,5,Oak,01/02/2017,1 High St,Y,Y,ABC,K,1 High St,07700 900123",
    )

    assert reading.rows == (PupilRow(2, "Amara", "Okoro", 5),)
    assert reading.ignored == ("House", "Emergency contact number")
    assert reading.never_kept == (
        *("DOB", "Home address", "FSM", "Pupil premium", "Ethnicity", "SEN status"),
        "Contact 1 address",
    )


@pytest.mark.parametrize("title", ["UPN", "Pupil UPN", "Unique Pupil Number", "upn (former)"])
def test_a_column_headed_upn_refuses_the_file(title):
    with pytest.raises(columns.HoldsUpns, match="Remove this column from the export"):
        read(f"Forename,Surname,Year,{title}", "Amara,Okoro,5,")


@pytest.mark.parametrize(
    "number", ["B801200005001", "P207000016049", "M80120000500A", "b801200005001"]
)
def test_a_column_that_holds_a_upn_refuses_the_file_whatever_its_name(number):
    with pytest.raises(columns.HoldsUpns, match="column “Reference” contains unique pupil numbers"):
        read("Forename,Surname,Year,Reference", "Bea,Ng,4,12", f"Amara,Okoro,5,{number}")


@given(st.integers(0, 999), st.integers(0, 9999), st.integers(0, 99))
def test_every_upn_is_found_wherever_it_hides(serial, school, year):
    tail = f"919{school:04}{year:02}{serial:03}"
    number = upn.calc_check_digit("?" + tail) + tail
    with pytest.raises(columns.HoldsUpns):
        read("Forename,Surname,Year", f"Amara,Okoro,5,{number}")


def test_other_numbers_of_thirteen_characters_are_no_upn():
    reading = read("Forename,Surname,Year,Reference", "Amara,Okoro,5,A801200005001")

    assert reading.ignored == ("Reference",)


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (("Forename,Surname,Year", "Amara,Okoro,Oak"), "“Oak” is not a year group."),
        (("Forename,Surname,Year", "Amara,Okoro,"), "is not a year group."),
        (("Forename,Surname,Year", "Amara,Okoro,Y9"), "Year 9 is not a year group of your school"),
        (("Forename,Surname,Year", ",Okoro,5"), "This row has no forename."),
        (("Name,Year", '"Okoro, Amara, Miss",5'), "as Surname, Forename with one comma."),
        (("Name,Year", ",5"), "Enter a name."),
        (("Name,Year", "Okoro, Amara,5"), "If a name contains a comma, put quotation marks"),
        (("Forename,Surname,Year", "Amara,Okoro,5,x"), "more cells than the file has columns"),
        (("Forename,Surname,Year", f"{'A' * 81},Okoro,5"), "longer than 80 characters"),
    ],
)
def test_a_row_that_is_not_understood_says_why(lines, problem):
    [found] = problems(read(*lines))

    assert problem in found


def test_one_bad_row_does_not_stop_the_others():
    reading = read("Forename,Surname,Year", "Amara,Okoro,Oak", "Bea,Ng,4")

    assert [type(row) for row in reading.rows] == [BadRow, PupilRow]
    assert reading.rows[0].shown == "Amara Okoro"


@pytest.mark.parametrize(
    ("content", "refusal", "words"),
    [
        (b"", table_refusals.NothingInFile, "empty. Choose the list"),
        (b"Forename,Surname,Year\r\n,,\r\n", table_refusals.NothingInFile, "no pupils"),
        (
            b"x" * (table_reading.BYTES_MAX + 1),
            table_refusals.FileTooLarge,
            "only names, years and parents",
        ),
        (b"%PDF-1.7", table_refusals.NotATable, "a PDF"),
        (b"Year,House\n5,Oak", columns.NoNameColumn, "“Year”, “House”"),
        (b"Forename,Year\nAmara,5", columns.NoNameColumn, "call them “Surname” and “Forename”"),
        (b"Forename,Surname\nAmara,Okoro", columns.NoYearColumn, "call it “Year group”"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(content, refusal, words):
    with pytest.raises(refusal, match=words):
        rows.read(content, years=YEARS)


def test_two_thousand_rows_are_read_and_one_more_is_not():
    lines = ["Forename,Surname,Year", *(f"Pupil{n},Okoro,5" for n in range(table_reading.ROWS_MAX))]

    assert len(read(*lines).rows) == table_reading.ROWS_MAX
    with pytest.raises(table_refusals.TooManyRows, match="more than 2,000"):
        read(*lines, "Amara,Okoro,5")


def test_a_name_that_looks_like_a_formula_is_kept_as_text():
    reading = read("Forename,Surname,Year", "=1+1,'-Jones,5")

    assert names_and_years(reading) == [("=1+1", "-Jones", 5)]


@given(st.binary(max_size=300))
def test_no_bytes_whatever_break_the_reading(content):
    with contextlib.suppress(table_refusals.NotReadable):
        rows.read(b"Forename,Surname,Year\n" + content, years=YEARS)
