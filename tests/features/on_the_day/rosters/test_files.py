"""The roster as a page and three files: the same columns, safe cells, and no canary in any."""

import csv
import io
import itertools
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import openpyxl
import pypdf
import pytest
from sqlalchemy import select

from booking.domain import limits
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.checkout.models import Consent, Funding
from booking.people.pupils.details import ParentDetails
from tests.builders import leading
from tests.builders.events import make_event, one_date
from tests.builders.glass import open_glass
from tests.builders.pupils import make_pupil
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_person, make_school, sign_in, sign_out
from tests.features.on_the_day.conftest import DAY, at
from tests.features.on_the_day.rosters.conftest import NEEDS
from tests.page import soup, words

FORMATS = ("csv", "xlsx", "pdf")
HEADINGS = [
    "School",
    "Pupil",
    "Year group",
    "Life-safety alert",
    "Food",
    "Access",
    "Photos",
    "Way home",
    "Accompanying adults",
    "School’s emergency number",
]
GOLDEN = [
    "Ashdale Primary School",
    "Amara Okoro",
    "Year 5",
    "Asthma: blue inhaler in the front pocket",
    "Halal, No nuts",
    "Step-free route",
    "Photos in school only",
    "Collected by a named adult: Aunt Ife",
    "Sam Lane 07700 900321",
    "07700 900999",
]
#: What stands below it in a CSV file, and on sheets of their own in a workbook.
FIGURES = [
    ["Event", "Puzzle day"],
    ["Led by", "sixth-formers of Northbury School with Ms Young: Lina Ode, Max Ray"],
    ["Pupils", "1"],
    ["Life-safety alerts", "1"],
    ["Diets", "1"],
    ["Access needs", "1"],
    ["Destroy after", "Saturday 12 June 2027"],
]
KITCHEN = [
    ["For the kitchen", "Puzzle day"],
    ["Pupils", "1"],
    ["Halal", "1"],
    ["No nuts", "1"],
    ["Meals, each pupil once", ""],
    ["Halal, No nuts", "1"],
    ["Destroy after", "Saturday 12 June 2027"],
]


@pytest.fixture
def booking(event, school):
    pupil = make_pupil(
        school=school,
        forename="Amara",
        surname="Okoro",
        year_group=5,
        parents=[
            ParentDetails("CANARY-PARENT", "canary@parents.example", "01632 960777"),
        ],
    )
    booking = expect_pupil(
        event=event,
        school=school,
        pupil=pupil,
        **{**NEEDS, "emergency_name": "CANARY-EMERGENCY", "emergency_phone": "+441632960666"},
    )
    bring_adult(event=event, school=school)
    leading.lead_with_pupils(event, make_school(name="Northbury School"), "Lina Ode", "Max Ray")
    with transaction():
        db.session.add(
            Consent(
                booking_id=booking.id,
                given=True,
                given_by="CANARY-CONSENT",
                channel="link",
                wording_hash="CANARY-WORDING",
            )
        )
        db.session.add(
            Funding(booking_id=booking.id, status=FundingStatus.REMITTED, asked_pence=98765)
        )
    return booking


CANARIES = (
    *("CANARY", "canary@", "960777", "960666", "98765", "987.65", "emitted", "parents.example"),
)


def fetch(client, event, file_format):
    return client.get(f"/host/events/{event.slug}/roster.{file_format}")


def csv_rows(response):
    """Return the first part of a CSV file: who comes."""
    return csv_parts(response)[0]


def csv_parts(response):
    """Return the parts of a CSV file, which empty lines divide."""
    rows = csv.reader(io.StringIO(response.data.decode("utf-8-sig"), newline=""))
    return [list(part) for filled, part in itertools.groupby(rows, key=bool) if filled]


def xlsx_rows(response):
    sheet = openpyxl.load_workbook(io.BytesIO(response.data)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def pdf_text(response):
    pages = pypdf.PdfReader(io.BytesIO(response.data)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def everything_in(response):
    """Return all text that a response holds, also inside a workbook or a PDF."""
    if response.mimetype == "application/pdf":
        return pdf_text(response) + response.data.decode("latin-1")
    if "spreadsheet" in response.mimetype:
        book = zipfile.ZipFile(io.BytesIO(response.data))
        return " ".join(book.read(name).decode() for name in book.namelist())
    return response.get_data(as_text=True)


def test_csv_and_xlsx_hold_the_same_golden_rows(client, as_host, event, booking):
    as_host()

    found = [[HEADINGS, GOLDEN], FIGURES, KITCHEN]
    assert csv_parts(fetch(client, event, "csv")) == found
    book = openpyxl.load_workbook(io.BytesIO(fetch(client, event, "xlsx").data))
    assert book.sheetnames == ["Roster", "Figures", "Kitchen"]
    # "Collected by a named adult: Aunt Ife" wraps: a row without a height is printed over.
    assert book["Roster"].row_dimensions[2].height >= 2 * 13
    assert book["Roster"].cell(2, 1 + HEADINGS.index("Life-safety alert")).fill.patternType
    assert not book["Roster"].cell(2, 1 + HEADINGS.index("Food")).fill.patternType
    for sheet, expected in zip(book.worksheets, found, strict=True):
        assert [[str(cell or "") for cell in row] for row in sheet.values] == expected
        assert "Destroy after Saturday 12 June 2027" in sheet.oddFooter.left.text
        assert sheet.oddFooter.right.text == "Page &P of &N"
        assert sheet.oddHeader.right.text == "1 pupil: 1 alert, 1 diet, 1 with access needs"


def test_the_pdf_holds_the_same_for_paper(client, as_host, event, booking):
    as_host()

    text = pdf_text(fetch(client, event, "pdf"))

    for shown in (
        *(
            "Puzzle day",
            "Friday 11 June 2027, 9:15am to 2:45pm",
            "1 pupil expected: 1 alert, 1 diet, 1 with access needs",
            "For the kitchen: Puzzle day",
        ),
        *("Ashdale Primary School", "Amara Okoro", "Year 5", "Halal, No nuts", "Lina Ode"),
        *("Asthma: blue inhaler in the front pocket", "Sam Lane 07700 900321", "07700 900999"),
        *(
            "Destroy after Saturday 12 June 2027",
            "Page 1 of 2 · pupils 1 to 1 · 1 of 1 pupil",
            "11 Jun",
        ),
    ):
        assert shown in text


def test_the_page_shows_the_same_on_the_screen(client, as_host, event, booking):
    as_host()

    page = words(soup(client.get(f"/host/events/{event.slug}/roster")).find("main"))

    for shown in (*GOLDEN, *("1 alert, 1 diet, 1 with access needs", "Lina Ode, Max Ray")):
        assert shown in page


def test_no_canary_leaves_in_any_format(client, as_host, event, booking):
    as_host()
    paths = [f"roster.{f}" for f in FORMATS] + ["roster", "register", ""]

    for path in paths:
        response = client.get(f"/host/events/{event.slug}/{path}")
        assert response.status_code == 200
        found = [canary for canary in CANARIES if canary in everything_in(response)]
        assert found == [], path


def test_how_the_fee_stands_changes_no_byte(client, as_host, event, booking, monkeypatch):
    monkeypatch.setattr(limits, "EXPORTS", replace(limits.EXPORTS, times=100))
    as_host()
    seen = {file_format: set() for file_format in FORMATS}
    for status in FundingStatus:
        with transaction():
            db.session.get_one(Funding, booking.id).status = status
        for file_format in FORMATS:
            seen[file_format].add(fetch(client, event, file_format).data)

    assert {file_format: len(found) for file_format, found in seen.items()} == dict.fromkeys(
        FORMATS, 1
    )


@pytest.mark.parametrize("file_format", FORMATS)
def test_each_download_is_on_record_and_kept_nowhere(
    client, as_host, event, booking, db_session, file_format
):
    person = as_host()

    response = fetch(client, event, file_format)

    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="roster-{event.slug}.{file_format}"'
    )
    entry = db_session.scalars(
        select(AuditEntry).where(AuditEntry.action == "download_roster")
    ).one()
    assert (entry.person_id, entry.subject_type, entry.subject_id) == (
        person.id,
        "events",
        str(event.id),
    )
    assert entry.facts == {
        "format": file_format,
        "rows": 1,
        "health": True,
        "columns": HEADINGS,
    }


def test_reading_alerts_on_the_page_is_on_record_and_other_reading_is_not(
    client, as_host, event, booking, db_session
):
    read = select(AuditEntry).where(AuditEntry.action == "read_health")
    as_host(days=-5)
    client.get(f"/host/events/{event.slug}/roster")
    assert db_session.scalars(read).all() == []

    person = as_host(days=0)
    client.get(f"/host/events/{event.slug}/roster")

    entry = db_session.scalars(read).one()
    assert (entry.person_id, entry.facts) == (person.id, {"rows": 1})


@pytest.mark.parametrize("role", [Role.LEAD, Role.AUDITOR])
def test_lead_and_auditor_see_a_roster_without_alerts(client, event, booking, time_machine, role):
    time_machine.move_to(DAY)
    person = make_person(role=role)
    open_glass(event, person)
    sign_in(client, person)

    page = words(soup(client.get(f"/host/events/{event.slug}/roster")).find("main"))

    assert "Amara Okoro" in page
    assert "Only the host and the day staff can see life-safety alerts." in page
    hidden = ("inhaler", "Step-free", "Halal", "1 alert", "Kitchen", "Lina Ode")
    ticked = "?chosen=yes&column=Life-safety+alert&column=Food&column=Access"
    for file_format in FORMATS:
        for choice in ("", ticked):
            found = everything_in(
                client.get(f"/host/events/{event.slug}/roster.{file_format}{choice}")
            )
            assert [word for word in hidden if word in found] == []
    assert [word for word in hidden if word in page] == []
    assert client.get(f"/host/events/{event.slug}/kitchen.pdf").status_code == 404


@pytest.mark.parametrize(("days", "status"), [(-8, 404), (-7, 200), (0, 200), (7, 200), (8, 404)])
def test_day_staff_are_admitted_around_the_day_only(
    client, event, booking, time_machine, days, status
):
    time_machine.move_to(at(days))
    sign_in(client, make_person(role=Role.DAY_STAFF, event_id=event.id))

    for page in ("roster", "roster.csv", "register"):
        assert client.get(f"/host/events/{event.slug}/{page}").status_code == status
    assert ("Roster" in client.get(f"/host/events/{event.slug}/").text) == (status == 200)


def test_day_staff_of_the_event_see_its_alerts(client, event, booking, time_machine):
    time_machine.move_to(DAY)
    sign_in(client, make_person(role=Role.DAY_STAFF, event_id=event.id))

    assert "inhaler" in fetch(client, event, "csv").get_data(as_text=True)


@pytest.mark.parametrize("path", ["roster", "roster.csv", "roster.xlsx", "roster.pdf", "register"])
def test_nobody_elses_roster_is_found(client, event, school, booking, path):
    url = f"/host/events/{event.slug}/{path}"
    assert client.get(url).status_code in {302, 303}
    another = make_event(host=make_school())
    for role, where in (
        (Role.HOST, {"school": school}),
        (Role.COORDINATOR, {"school": school}),
        (Role.DAY_STAFF, {"event_id": another.id}),
        (Role.TREASURER, {}),
    ):
        sign_in(client, make_person(role=role, **where))
        assert client.get(url).status_code == 404, role
        sign_out(client)


def test_a_draft_has_no_roster(client, host, as_host):
    draft = make_event(host=host, published=False)
    as_host()

    assert client.get(f"/host/events/{draft.slug}/roster").status_code == 404


def test_what_is_closed_is_no_column_and_the_page_says_when_it_opens(
    client, as_host, event, booking
):
    as_host(days=-8)

    assert csv_rows(fetch(client, event, "csv"))[0] == [
        "School",
        "Pupil",
        "Year group",
        "Photos",
        "Way home",
        "Accompanying adults",
        "School’s emergency number",
    ]
    page = words(soup(client.get(f"/host/events/{event.slug}/roster")).find("main"))
    assert "Life-safety alerts are shown from Tuesday 8 June 2027." in page
    assert "Food and access needs are shown from Friday 4 June 2027." in page
    assert "shown from Tuesday 8 June 2027" in pdf_text(fetch(client, event, "pdf"))


def test_names_that_look_like_formulas_stay_text_and_numbers_stay_numbers(
    client, as_host, event, school
):
    pupil = make_pupil(school=school, forename="=HYPERLINK(1)", surname="")
    expect_pupil(event=event, school=school, pupil=pupil, access="+1 adult", health="@work")
    as_host()

    for rows in (
        csv_rows(fetch(client, event, "csv")),
        xlsx_rows(fetch(client, event, "xlsx")),
    ):
        row = dict(zip(rows[0], rows[1], strict=True))
        assert row["Pupil"] == "'=HYPERLINK(1)"
        assert row["Access"] == "'+1 adult"
        assert row["Life-safety alert"] == "'@work"
        assert row["School’s emergency number"] == "07700 900999"


def test_paper_shows_typst_code_as_plain_text(client, as_host, event, school):
    pupil = make_pupil(school=school, forename='#read("x")', surname="$*_[Okoro]_*$")
    expect_pupil(event=event, school=school, pupil=pupil)
    as_host()

    assert '#read("x") $*_[Okoro]_*$' in pdf_text(fetch(client, event, "pdf")).replace("”", '"')


@pytest.mark.slow
def test_a_long_roster_has_numbered_pages_and_a_box_for_each_date(client, as_host, host):
    series = make_event(
        host=host, places=80, dates=[one_date(DAY + timedelta(days=7 * n)) for n in range(3)]
    )
    for _ in range(2):
        school = make_school()
        for _ in range(30):
            expect_pupil(event=series, school=school)
    as_host()

    text = pdf_text(fetch(client, series, "pdf"))

    ends = [
        int(last) for last in re.findall(r"Page \d of 4 · pupils \d+ to (\d+) · 60 of 60", text)
    ]
    starts = [int(first) for first in re.findall(r"Page \d of 4 · pupils (\d+) to", text)]
    assert len(ends) == 3  # and the kitchen's page
    assert ends[-1] == 60
    assert starts == [1, *(last + 1 for last in ends[:-1])]
    assert "11 Jun 18 Jun 25 Jun" in text
    assert "Destroy after Saturday 26 June 2027" in text


def test_names_that_the_fonts_lack_are_named_on_the_page_and_counted_on_paper(
    client, as_host, event, school
):
    for forename in ("བོད", "Anna", "Łukasz"):
        pupil = make_pupil(school=school, forename=forename, surname="Okoro")
        expect_pupil(event=event, school=school, pupil=pupil)
    as_host()

    page = words(soup(client.get(f"/host/events/{event.slug}/roster")).find("main"))
    text = pdf_text(fetch(client, event, "pdf"))

    assert "On paper 1 name or note is in Latin letters only" in page
    assert "as they are written here: བོད Okoro." in page
    assert "bod Okoro*" in text
    assert "Łukasz Okoro" in text
    assert "* 1 name or note is printed in Latin letters only: see the screen." in text


def test_a_page_whose_names_can_all_be_printed_says_nothing_of_it(client, as_host, event, booking):
    as_host()

    assert "Latin letters" not in client.get(f"/host/events/{event.slug}/roster").text


def test_an_empty_roster_says_so_in_every_format(client, as_host, event):
    as_host()

    assert "Nobody is expected yet" in words(
        soup(client.get(f"/host/events/{event.slug}/roster")).find("main")
    )
    assert csv_rows(fetch(client, event, "csv")) == [HEADINGS]
    assert xlsx_rows(fetch(client, event, "xlsx")) == [HEADINGS]
    assert "No places are confirmed yet." in pdf_text(fetch(client, event, "pdf"))


def test_a_roster_on_paper_is_made_in_no_time(event, school, booking):
    from booking.domain.permissions import COMMAND
    from booking.on_the_day.rosters import printing
    from booking.on_the_day.rosters.pages import roster

    found = roster.of(event, actor=COMMAND, now=clock.now())
    printing.as_pdf(found)

    assert printing.as_pdf(found) == printing.as_pdf(found)
