"""Lists as they come from all kinds of systems and spreadsheets, through the pages that read."""

import io
import re

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from booking.domain.permissions import Role
from booking.foundation.tables import remembering
from booking.people.pupils import queries
from booking.people.pupils.details import known_parents
from booking.people.pupils.imports import rows
from booking.people.pupils.imports.preview import ImportPreview, compare
from booking.people.pupils.imports.rows import BadRow
from tests.builders.schools import make_person, make_school, sign_in
from tests.features.people.pupils.test_pages import say_yes, text_of, upload
from tests.forms_on_pages import form_on, sent
from tests.page import soup

YEARS = (-1, 6)
MAIN = "/school/pupils/import"


@pytest.fixture
def school(db_session):
    return make_school(name="Ashdale Primary School")


@pytest.fixture
def coordinator(client, school):
    person = make_person(role=Role.COORDINATOR, school=school)
    sign_in(client, person)
    return person


def read(content, **ways):
    content = content.encode() if isinstance(content, str) else content
    return rows.read(content, years=YEARS, **ways)


def pupils(reading):
    return [(row.forename, row.surname, row.year_group) for row in reading.rows]


def names(school):
    return sorted((p.name, p.year_group) for p in queries.pupils_of(school.id))


def remembered(school):
    return remembering.known(dialect="pupils", owner=f"school {school.id}")


def again(client, preview, **chosen):
    """Send a preview to be read in another way."""
    fields = sent(form_on(preview, action=MAIN), **chosen)
    # Whoever sends it has a token of their own, so that what is refused is the preview.
    fields.pop("csrf_token")
    return client.post(MAIN, data=fields)


def workbook(*lines):
    book = openpyxl.Workbook()
    for line in lines:
        book.active.append(line)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_report_titles_above_the_header_are_passed_over():
    reading = read(
        "Tindlebrook Primary School\nReport,Class list with contacts\nYear,2026/2027\n\n"
        "Forename,Surname,Year group\nGideon,Ashworth,Year 5\n"
    )

    assert pupils(reading) == [("Gideon", "Ashworth", 5)]


def test_years_are_read_as_schools_write_them():
    written = ("F1", "F2", "FS2", "N2", "5A", "5.0", "Curriculum Year  5", "Year 5 - Oak")
    lines = [f"Ada{n},Lane,{text}" for n, text in enumerate(written)]
    reading = read("\n".join(["Forename,Surname,Year group", *lines, "Ida,Rec,Reception Class"]))

    assert [(row.year_group, row.class_name) for row in reading.rows] == [
        *((-1, ""), (0, ""), (0, ""), (-1, ""), (5, "5A"), (5, ""), (5, ""), (5, "Oak"), (0, "")),
    ]


def test_a_column_for_the_class_goes_before_one_written_behind_the_year():
    [row] = read("Forename,Surname,Year group,Class\nAda,Lane,5A,Ash\n").rows

    assert (row.year_group, row.class_name) == (5, "Ash")


def test_a_file_saved_by_excel_for_mac_is_read():
    content = "Forename,Surname,Year group\rZoë,Müller,Year 5\rChloé,O’Brien,Year 4\r"

    assert pupils(read(content.encode("mac-roman"))) == [
        ("Zoë", "Müller", 5),
        ("Chloé", "O’Brien", 4),
    ]


def test_unicode_text_from_excel_is_read():
    content = "Forename\tSurname\tYear group\r\nTamsin\tKeogh\tYear 5\r\n"

    assert pupils(read(content.encode("utf-16"))) == [("Tamsin", "Keogh", 5)]


@pytest.mark.parametrize(
    "header",
    [
        "Legal Forename(s),Legal Surname,Year Group (Current)",
        "Chosen Forename,Chosen Surname,Curric. Year",
        "Given Names,Family Name,Actual NC Year",
        "Pupil Forename,Pupil Surname,Curr NC Year",
    ],
)
def test_systems_name_their_columns_differently(header):
    assert pupils(read(f"{header}\nJemima,Foss,Year 5\n")) == [("Jemima", "Foss", 5)]


def test_totals_and_a_header_printed_again_are_told_from_pupils():
    reading = read(
        "Forename,Surname,Year,Contact Name,Contact Email\n"
        "Felix,Quill,4,Sara Quill,sara@p.example\n"
        "Forename,Surname,Year,Contact Name,Contact Email\n"
        ",,,Tomas Quill,tomas@p.example\n"
        "Total: 1,,,,\n"
    )

    [felix, header, total] = reading.rows
    assert [parent.name for parent in felix.parents] == ["Sara Quill", "Tomas Quill"]
    assert (header, total) == (
        BadRow(3, "Forename · Surname · Year · Contact Name · Contact Email", header.problem),
        BadRow(5, "Total: 1", "A total or a footer."),
    )


def test_contacts_below_a_row_that_was_not_understood_go_to_nobody_else():
    reading = read(
        "Forename,Surname,Year,Contact Name,Contact Email\n"
        "Felix,Quill,4,Sara Quill,sara@p.example\n"
        '"Bea,"Ng",5,Lin Ng,lin@p.example\n'
        ",,,Ho Ng,ho@p.example\n"
    )

    assert [type(row).__name__ for row in reading.rows] == ["PupilRow", "BadRow", "BadRow"]
    assert [parent.name for parent in reading.rows[0].parents] == ["Sara Quill"]
    assert reading.rows[2].problem == "This row continues one that was not understood."


LINES = st.lists(
    st.tuples(
        st.sampled_from(("Amara,Okoro", "Bea,Ng", '"Cy,"Obi"', ",", "Total: 2,")),
        st.sampled_from(("5", "Oak", "")),
        st.sampled_from(("Jo,jo@p.example", "Kit,kit@p.example", ",", "Al,none")),
    ).map(",".join),
    min_size=1,
    max_size=12,
).filter(lambda lines: any(line.strip(",") for line in lines))


@given(LINES)
def test_rows_read_and_rows_left_out_are_all_rows_of_the_list(lines):
    reading = read("\n".join(["Forename,Surname,Year,Parent name,Parent email", *lines]))

    said = ImportPreview(compare(reading.rows, []), reading.columns).counted

    numbers = re.match(r"(\d+) rows? read, (\d+) left out", said)
    assert sum(map(int, numbers.groups())) == sum(bool(line.strip(",")) for line in lines)


def test_a_workbook_and_pasted_cells_are_imported_like_a_file(client, school, coordinator):
    book = workbook(("Forename", "Surname", "Year group"), ("Amara", "Okoro", 5))
    say_yes(client, upload(client, book, "pupils.xlsx"))
    pasted = client.post(MAIN, data={"pasted": "Forename\tSurname\tYear\r\nZoë\tNg\t4\r\n"})
    say_yes(client, pasted)

    assert names(school) == [("Amara Okoro", 5), ("Zoë Ng", 4)]


def test_how_many_rows_were_read_and_left_out_is_said(client, school, coordinator):
    shown = text_of(upload(client, "Forename,Surname,Year\nAmara,Okoro,5\nBea,Ng,Oak\nCy,Obi,4\n"))

    assert "2 rows read, 1 left out: line 3, Bea Ng. “Oak” is not a year group." in shown


def test_the_guess_is_shown_and_can_be_changed(client, school, coordinator):
    preview = upload(client, "Forename,Surname,Year\nZoë,Lane,5\n".encode("cp850"))
    shown = soup(preview)
    assert shown.find("select", id="encoding").find("option").string == "As found: Mac (MacRoman)"
    assert shown.find("select", id="separator").find("option").string == "As found: comma"
    assert "Zoâ Lane" in text_of(preview)

    changed = again(client, preview, encoding="cp850")

    assert "Zoë Lane" in text_of(changed)
    say_yes(client, changed)
    assert names(school) == [("Zoë Lane", 5)]


def test_another_row_can_be_taken_for_the_header(client, school, coordinator):
    content = "Name,Year,Form\nList of September\nNachname;Vorname;Jahr\nOkoro;Amara;5\n"
    preview = again(client, upload(client, content), header_line="3", separator=";")
    preview = again(client, preview, column_0="surname", column_1="forename", column_2="year")
    say_yes(client, preview)

    assert names(school) == [("Amara Okoro", 5)]


def test_a_missing_column_is_pointed_at_once_and_remembered_for_the_school(
    client, school, coordinator
):
    content = "Forename,Surname,Cohort,Carer mail,Carer\nAmara,Okoro,5,ngozi@p.example,Ngozi\n"
    asked = upload(client, content)
    assert asked.status_code == 422
    assert "Which column is which?" in text_of(asked)
    assert "We could not find a column for the year group." in text_of(asked)

    preview = again(client, asked, column_2="year")
    assert "As you said: “Cohort”: Year group" in text_of(preview)
    assert remembered(school) == {}, "only a yes is remembered"
    say_yes(client, preview)

    assert (names(school), remembered(school)) == ([("Amara Okoro", 5)], {"cohort": "year"})
    following = upload(client, "Forename,Surname,Cohort\nBea,Ng,4\n")
    assert following.status_code == 200
    say_yes(client, following)
    assert names(school) == [("Amara Okoro", 5), ("Bea Ng", 4)]


def test_what_one_school_said_is_not_known_to_another(app, client, school, coordinator):
    asked = upload(client, "Forename,Surname,Cohort\nAmara,Okoro,5\n")
    say_yes(client, again(client, asked, column_2="year"))
    other = app.test_client()
    sign_in(other, make_person(role=Role.COORDINATOR, school=make_school()))

    assert upload(other, "Forename,Surname,Cohort\nBea,Ng,4\n").status_code == 422


def test_an_address_that_names_nobody_is_a_parents_only_if_somebody_says_so(
    client, school, coordinator
):
    preview = upload(client, "Forename,Surname,Year,Email\nAmara,Okoro,5,ngozi@p.example\n")
    assert "Ignored: Email" in text_of(preview)

    preview = again(client, preview, column_3="parent 1 email")
    say_yes(client, preview)

    [pupil] = queries.pupils_of(school.id)
    assert [parent.email for parent in known_parents(pupil)] == ["ngozi@p.example"]


def test_columns_that_forbid_or_are_never_kept_cannot_be_pointed_at(client, school, coordinator):
    preview = upload(
        client,
        "Forename,Surname,Year,Contact 1 Name,Contact 1 Email,Contact 1 Court Order,Home address\n"
        "Rowan,Ives,5,Ray Sutton,ray@p.example,No contact,1 High St\n",
    )
    asked = {each["name"] for each in soup(preview).find_all("select")}
    assert {"column_0", "column_4"} <= asked
    assert not {"column_5", "column_6"} & asked

    forced = again(client, preview, column_5="none", column_6="parent 1 email")
    say_yes(client, forced)
    [pupil] = queries.pupils_of(school.id)
    assert known_parents(pupil) == []


def test_what_a_page_carries_is_read_again_for_the_same_person_only(
    app, client, school, coordinator
):
    preview = upload(client, "Forename,Surname,Year\nAmara,Okoro,5\n")
    other = app.test_client()
    sign_in(other, make_person(role=Role.COORDINATOR, school=school))

    refused = again(other, preview)

    assert refused.status_code == 422
    assert "This preview is no longer valid. Choose the file again." in text_of(refused)


def test_the_same_yes_sent_twice_imports_once(client, school, coordinator):
    preview = upload(client, "Forename,Surname,Year\nAmara,Okoro,5\n")
    fields = sent(form_on(preview, action="/school/pupils/import/yes"))

    first = client.post("/school/pupils/import/yes", data=fields)
    second = client.post("/school/pupils/import/yes", data=fields)

    assert (first.status_code, second.status_code) == (303, 303)
    assert names(school) == [("Amara Okoro", 5)]
    assert first.location == second.location


def test_several_rows_left_out_are_each_named(client, school, coordinator):
    shown = text_of(upload(client, "Forename,Surname,Year\nA,B,5\nC,D,Oak\n,E,4\nTotal: 3\n"))

    assert "1 row read, 3 left out; each is named below with its reason." in shown
    for reason in ("“Oak” is not a year group.", "no forename.", "A total or a footer."):
        assert reason in shown


def test_a_way_that_the_file_cannot_be_read_in_is_refused(client, school, coordinator):
    preview = upload(client, "Forename,Surname,Year\nAmara,Okoro,5\n")

    for chosen in ({"header_line": "99"}, {"encoding": "utf-7"}, {"separator": "#"}):
        refused = again(client, preview, **chosen)
        assert refused.status_code == 422
        assert "cannot be read in the way you chose" in text_of(refused)
