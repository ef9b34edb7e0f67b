"""Importing schools from the Department for Education's register, in its real format."""

import csv
import io
import re

import pytest

from booking.domain.permissions import Role
from booking.people.schools import queries
from booking.people.schools.imports import national_register
from booking.people.schools.routes import register_import
from tests.builders import schools as build

#: The columns that matter, among others, in the order of the real file.
HEAD = (
    "URN",
    "LA (code)",
    "LA (name)",
    "EstablishmentNumber",
    "EstablishmentName",
    "TypeOfEstablishment (name)",
    "EstablishmentStatus (name)",
    "OpenDate",
    "CloseDate",
    "PhaseOfEducation (name)",
    "StatutoryLowAge",
    "StatutoryHighAge",
    "NumberOfPupils",
    "Street",
    "Locality",
    "Address3",
    "Town",
    "County (name)",
    "Postcode",
    "SchoolWebsite",
    "TelephoneNum",
    "Easting",
    "Northing",
)
WILLOW = {
    "URN": "900501",
    "EstablishmentName": "St Wulfrida’s Church of England Primary – Netherwick",
    "TypeOfEstablishment (name)": "Voluntary aided school",
    "EstablishmentStatus (name)": "Open",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "3",
    "StatutoryHighAge": "11",
    "NumberOfPupils": "237",
    "Street": "Lock Street",
    "Locality": "Northside",
    "Town": "Netherwick",
    "Postcode": "ZX5 9AB",
    "SchoolWebsite": "www.willow-lock.example",
    "TelephoneNum": "01632960555",
}
UPPER = WILLOW | {
    "URN": "900502",
    "EstablishmentName": "Lock Upper School",
    "Town": "Quillbury",
    "PhaseOfEducation (name)": "Secondary",
    "StatutoryLowAge": "13",
    "StatutoryHighAge": "18",
    "Postcode": "ZX51 1AB",
}
CLOSED = WILLOW | {
    "URN": "900503",
    "EstablishmentName": "Old Lock School",
    "CloseDate": "31-08-2019",
    "EstablishmentStatus (name)": "Closed",
}
AGELESS = WILLOW | {
    "URN": "900504",
    "EstablishmentName": "Ageless School",
    "StatutoryLowAge": "",
}


def file_of(*rows, encoding="cp1252", head=HEAD):
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, head, extrasaction="ignore", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def read(file, **choice):
    return national_register.read(file, national_register.choice_of(**choice))


@pytest.fixture
def lead(client, db_session):
    build.sign_in(client, build.make_person(role=Role.LEAD))
    return client


def upload(client, *rows, file=None, **choice):
    answer = client.post(
        "/admin/schools/import",
        data={"file": (file or file_of(*rows), "edubasealldata.csv"), **choice},
        content_type="multipart/form-data",
    )
    answer.request.environ["wsgi.input"].close()  # the test client's own copy of a large body
    return answer


def confirm(client, preview_page, *urns):
    preview = re.search(r'name="preview" type="hidden" value="([^"]*)"', preview_page.text)[1]
    return client.post(
        "/admin/schools/import/confirm", data={"preview": preview, "urn": list(urns)}
    )


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig"])
def test_the_register_is_read_in_whatever_encoding_it_was_saved(encoding):
    [school] = read(file_of(WILLOW, encoding=encoding), town="Netherwick")

    assert school == national_register.Listed(
        urn="900501",
        name="St Wulfrida’s Church of England Primary – Netherwick",
        phase="primary",
        town="Netherwick",
        postcode="ZX5 9AB",
        address="Lock Street, Northside",
        low_year=-1,
        high_year=6,
        roll=237,
        office_phone="01632 960555",
        website="https://www.willow-lock.example",
    )


def test_columns_are_found_by_name_in_any_order_and_number():
    head = ("SomethingNew", *reversed(HEAD), "SomethingNewer")

    assert read(file_of(WILLOW, head=head), urns="900501")[0].name.startswith("St Wulfrida’s")


@pytest.mark.parametrize(
    ("choice", "urns"),
    [
        ({"urns": "900501"}, ["900501"]),
        ({"urns": "900502, 900501"}, ["900501", "900502"]),
        ({"town": "netherwick "}, ["900501"]),
        ({"town": "Quill"}, []),
        ({"postcode": "zx5"}, ["900501"]),
        ({"postcode": "ZX51"}, ["900502"]),
        ({"postcode": "zx"}, ["900501", "900502"]),
        ({"postcode": "ZX5 9"}, ["900501"]),
        ({"postcode": "Z"}, []),
        ({"town": "Netherwick", "urns": "900502"}, ["900501", "900502"]),
    ],
)
def test_schools_are_chosen_by_number_town_or_postcode(choice, urns):
    assert [school.urn for school in read(file_of(WILLOW, UPPER), **choice)] == urns


@pytest.mark.parametrize(
    ("theirs", "ages", "name", "ours", "years"),
    [
        ("Primary", "5-9", "Lock School", "first", (1, 4)),
        ("Primary", "4-9", "Lock Lower School", "lower", (0, 4)),
        ("Primary", "4-7", "Lock School", "infant", (0, 2)),
        ("Primary", "7-11", "Lock School", "junior", (3, 6)),
        ("Middle deemed secondary", "9-13", "Lock School", "middle", (5, 8)),
        ("Middle deemed primary", "9-13", "Lock School", "middle", (5, 8)),
        ("Secondary", "13-18", "Lock School", "upper", (9, 13)),
        ("Secondary", "11-16", "Lock School", "secondary", (7, 11)),
        ("All through", "3-18", "Lock School", "all-through", (-1, 13)),
        ("All-through", "2-19", "Lock School", "all-through", (-1, 13)),
        ("16 plus", "16-19", "Lock College", "sixth form", (12, 13)),
        ("Nursery", "2-4", "Lock Nursery School", "nursery", (-1, -1)),
        ("Not applicable", "4-11", "Lock House", "primary", (0, 6)),
    ],
)
def test_kind_and_years_are_in_our_words(theirs, ages, name, ours, years):
    low, high = ages.split("-")
    row = {
        "PhaseOfEducation (name)": theirs,
        "StatutoryLowAge": low,
        "StatutoryHighAge": high,
        "EstablishmentName": name,
    }

    [school] = read(file_of(WILLOW | row), urns="900501")

    assert (school.phase, (school.low_year, school.high_year)) == (ours, years)


def test_special_schools_are_told_by_their_kind():
    row = {
        "PhaseOfEducation (name)": "Not applicable",
        "TypeOfEstablishment (name)": "Community special school",
    }

    assert read(file_of(WILLOW | row), urns="900501")[0].phase == "special"


@pytest.mark.parametrize(
    "file",
    [
        io.BytesIO(b""),
        io.BytesIO(b"a,b\n1,2\n"),
        io.BytesIO(b"PK\x03\x04\x00\x00zip"),
        io.BytesIO(b"%PDF-1.7"),
        io.BytesIO(b'URN,"' + b"x" * 200_000),
    ],
)
def test_another_file_is_refused_in_plain_words(file):
    with pytest.raises(
        national_register.NotTheRegister, match="This is not the register of schools"
    ):
        read(file, town="Netherwick")


def test_more_schools_than_a_network_has_are_refused():
    rows = [WILLOW | {"URN": str(910000 + n)} for n in range(301)]

    with pytest.raises(national_register.TooManySchools):
        read(file_of(*rows), town="Netherwick")


def test_websites_become_addresses_and_nothing_else():
    for written, kept in {
        "http://x.example/a": "http://x.example/a",
        "HTTPS://X.example": "HTTPS://X.example",
        "x.example": "https://x.example",
        "javascript:alert(1)": "",
        "none yet": "",
        "": "",
    }.items():
        [school] = read(file_of(WILLOW | {"SchoolWebsite": written}), urns="900501")
        assert school.website == kept


def test_the_lead_looks_and_then_brings_schools_in(lead, db_session):
    preview = upload(lead, WILLOW, UPPER, CLOSED, AGELESS, postcode="zx")

    assert preview.status_code == 200
    assert queries.member_schools() == []
    for words in (
        "Closed since 31-08-2019",
        "gives no ages",
        "Primary, Nursery to Year 6, 237 pupils",
        "Upper, Year 9 to Year 13",
    ):
        assert words in preview.text
    assert re.findall(r'name="urn" value="(\d+)"', preview.text) == ["900501", "900502"]

    assert confirm(lead, preview, "900501", "900502").location == "/admin/schools/"

    assert [s.urn for s in queries.member_schools()] == ["900502", "900501"]


def test_a_number_that_the_register_does_not_hold_is_named(lead, db_session):
    preview = upload(lead, WILLOW, UPPER, urns="900501 900999")

    assert "Not in this file: 900999" in preview.text
    assert "Not in this file" not in upload(lead, WILLOW, UPPER, postcode="zx").text


def test_only_ticked_schools_are_written_and_closed_ones_never(lead, db_session):
    preview = upload(lead, WILLOW, UPPER, CLOSED, postcode="zx")

    confirm(lead, preview, "900501", "900503", "900999")

    assert [s.urn for s in queries.member_schools()] == ["900501"]


def test_a_second_time_shows_what_changed_and_changes_that_only(lead, db_session):
    confirm(lead, upload(lead, WILLOW, UPPER, postcode="zx"), "900501", "900502")
    slug = queries.schools_by_urn({"900501"})["900501"].slug

    newer = WILLOW | {"NumberOfPupils": "240", "TelephoneNum": ""}
    preview = upload(lead, newer, UPPER, postcode="zx")
    assert "pupils: 237 → 240" in preview.text
    assert "Unchanged" in preview.text
    assert re.findall(r'name="urn" value="(\d+)"', preview.text) == ["900501"]
    confirm(lead, preview, "900501")

    school = queries.schools_by_urn({"900501"})["900501"]
    # An empty cell does not erase what the school has.
    assert (school.roll, school.office_phone, school.slug) == (240, "01632 960555", slug)


@pytest.mark.parametrize(
    ("choice", "told"),
    [
        ({}, "Say which schools"),
        ({"urns": "12345"}, "is not a reference number"),
        ({"town": "Nowhere"}, "No school in the register matches"),
    ],
)
def test_a_choice_that_fits_nothing_is_explained(lead, choice, told):
    answer = upload(lead, WILLOW, **choice)

    assert answer.status_code == 422
    assert told in answer.text


def test_no_file_and_another_file_are_explained(lead):
    missing = lead.post("/admin/schools/import", data={"town": "Netherwick"})
    other = upload(lead, file=io.BytesIO(b"a,b\n"), town="Netherwick")

    assert "Choose the file." in missing.text
    assert "This is not the register of schools" in other.text


def test_a_changed_old_or_foreign_preview_is_not_written(app, lead, db_session):
    preview = upload(lead, WILLOW, town="Netherwick")
    signed = re.search(r'name="preview" type="hidden" value="([^"]*)"', preview.text)[1]
    another = app.test_client()
    build.sign_in(another, build.make_person(role=Role.LEAD))

    for client, text in ((lead, signed[:-2] + "xx"), (lead, ""), (another, signed)):
        data = {"preview": text, "urn": ["900501"]}
        answer = client.post("/admin/schools/import/confirm", data=data)
        assert answer.location == "/admin/schools/import"
    assert queries.member_schools() == []


def test_the_real_size_of_the_register_is_taken_from_the_lead_alone(app, lead, db_session):
    filling = WILLOW | {"URN": "", "Town": "Elsewhere", "Postcode": "", "Street": "x" * 2000}
    rows = [WILLOW, *[filling] * 1000]
    assert len(file_of(*rows).getvalue()) > app.config["MAX_CONTENT_LENGTH"]

    assert upload(lead, *rows, town="Netherwick").status_code == 200

    visitor = app.test_client()
    assert upload(visitor, *rows, town="Netherwick").status_code == 413
    build.sign_in(visitor, build.make_person(role=Role.AUDITOR))
    assert upload(visitor, *rows, town="Netherwick").status_code == 413


def test_an_upload_beyond_the_registers_size_is_refused(lead, monkeypatch):
    monkeypatch.setattr(register_import, "REGISTER_BYTES_MAX", 1000)

    assert upload(lead, *[WILLOW] * 20, town="Netherwick").status_code == 413


def test_the_command_brings_schools_in(app, db_session, tmp_path):
    path = tmp_path / "register.csv"
    path.write_bytes(file_of(WILLOW, UPPER, CLOSED).getvalue())
    command = ["schools", "import", str(path), "--town", "Netherwick", "--urn", "900502"]

    dry = app.test_cli_runner().invoke(args=[*command, "--dry-run"])
    assert (dry.exit_code, queries.member_schools()) == (0, [])
    done = app.test_cli_runner().invoke(args=command)

    assert done.exit_code == 0, done.output
    assert "new: 2, changed: 0, unchanged: 0, left out: 1" in done.output
    assert [s.urn for s in queries.member_schools()] == ["900502", "900501"]


@pytest.mark.parametrize(
    ("options", "told"),
    [([], "Say which schools"), (["--urn", "1"], "is not a reference number")],
)
def test_the_command_explains_a_wrong_choice(app, db_session, tmp_path, options, told):
    path = tmp_path / "register.csv"
    path.write_bytes(file_of(WILLOW).getvalue())

    done = app.test_cli_runner().invoke(args=["schools", "import", str(path), *options])

    assert done.exit_code != 0
    assert told in done.output


@pytest.mark.parametrize(
    ("cells", "known"),
    [
        ({"Easting": "524011", "Northing": "181290"}, (524_011, 181_290)),
        ({"Easting": "524011", "Northing": ""}, (None, None)),
        ({"Easting": "0", "Northing": "0"}, (None, None)),
        ({"Easting": "east", "Northing": "north"}, (None, None)),
        ({}, (None, None)),
    ],
)
def test_where_a_school_is_comes_along_when_the_register_knows(cells, known):
    [listed] = read(file_of(WILLOW | cells), postcode="zx")

    assert (listed.easting, listed.northing) == known


def test_a_school_brought_in_before_learns_where_it_is(lead, db_session):
    confirm(lead, upload(lead, WILLOW, postcode="zx"), "900501")

    preview = upload(lead, WILLOW | {"Easting": "524011", "Northing": "181290"}, postcode="zx")
    assert "metres east on the national grid: nothing → 524011" in preview.text
    confirm(lead, preview, "900501")

    school = queries.schools_by_urn({"900501"})["900501"]
    assert (school.easting, school.northing) == (524_011, 181_290)
