"""What a host asked besides, on its lists: chosen columns, alike in every format, for whom said."""

import pytest

from booking.domain.asking import AnswerKind, Told
from booking.domain.permissions import NETWORK_ROLES, Role
from tests.builders import checkout as families
from tests.builders.glass import open_glass
from tests.builders.questions import ask
from tests.builders.rosters import expect_pupil
from tests.builders.schools import as_, make_person, make_school
from tests.features.on_the_day.conftest import at
from tests.features.on_the_day.rosters.test_files import csv_rows, fetch, pdf_text, xlsx_rows
from tests.page import soup, words

HEADINGS = [
    *("School", "Pupil", "Year group", "Photos", "Way home", "T-shirt size", "Instrument"),
    *("Accompanying adults", "School’s emergency number"),
]


@pytest.fixture
def told(event, school, time_machine):
    """Two families of two schools, of which one has answered; both questions, one for staff."""
    time_machine.move_to(at(-40), tick=False)
    size = ask(event, for_staff=True)
    instrument = ask(
        event, kind=AnswerKind.TEXT, label="Instrument", words="Which instrument do you bring?"
    )
    family = families.make_family(event, school=school)
    families.answer(
        family, asked={size.id: Told(chosen=(1,)), instrument.id: Told(text="=Zqviola")}
    )
    other = families.make_family(
        event, school=make_school(name="Birchwood School"), parent_email="b@parents.example"
    )
    families.answer(other)
    return family


def cells(rows, heading):
    place = rows[0].index(heading)
    return [row[place] for row in rows[1:]]


def main(response):
    return words(soup(response).find("main"))


def test_the_page_and_every_file_have_the_columns_and_no_cell_is_empty(
    client, as_host, event, told
):
    as_host(days=-30)

    csv, xlsx = csv_rows(fetch(client, event, "csv")), xlsx_rows(fetch(client, event, "xlsx"))

    assert csv[0] == xlsx[0] == HEADINGS
    for rows in (csv, xlsx):
        assert cells(rows, "T-shirt size") == ["M", "Not answered"]
        assert cells(rows, "Instrument") == ["'=Zqviola", "Not answered"]
    for shown in (
        pdf_text(fetch(client, event, "pdf")),
        main(client.get(f"/host/events/{event.slug}/roster")),
    ):
        assert "=Zqviola" in shown
        assert "Not answered" in shown


def test_columns_are_chosen_on_the_page_and_the_files_follow(client, as_host, event, told):
    as_host(days=-30)
    address = f"/host/events/{event.slug}/roster?chosen=yes&column=Instrument"

    page = soup(client.get(address))

    assert [box["value"] for box in page.select("input[name=column][checked]")] == ["Instrument"]
    link = page.find("a", string="CSV")["href"]
    assert csv_rows(client.get(link))[0] == ["Pupil", "Instrument"]
    none = csv_rows(client.get(f"/host/events/{event.slug}/roster.csv?chosen=yes"))[0]
    assert none == ["Pupil"]


def test_the_list_of_answers_on_paper_has_nothing_else(client, as_host, event, told):
    as_host(days=0)

    response = client.get(f"/host/events/{event.slug}/answers.pdf")

    text = pdf_text(response)
    assert f'filename="answers-{event.slug}.pdf"' in response.headers["Content-Disposition"]
    assert "Ada Okoro" in text
    assert "T-shirt size" in text
    assert "=Zqviola" in text
    assert [part for part in ("Way home", "Food", "Photos", "alert") if part in text] == []


def test_each_reads_what_the_question_says_and_who_only_oversees_reads_nothing(
    app, event, host, told, time_machine
):
    time_machine.move_to(at(-2), tick=False)
    readers = {
        (Role.HOST, host.id, None): {"T-shirt size", "Instrument"},
        (Role.DAY_STAFF, None, event.id): {"T-shirt size"},
        (Role.LEAD, None, None): set(),
        (Role.AUDITOR, None, None): set(),
    }
    for (role, school_id, event_id), expected in readers.items():
        where = {"school": host} if school_id else {"event_id": event_id}
        person = make_person(role=role, **where)
        if role in NETWORK_ROLES:
            open_glass(event, person)
        client = as_(app, person)
        rows = csv_rows(fetch(client, event, "csv"))
        assert set(rows[0]) & {"T-shirt size", "Instrument"} == expected, role
        pages = [
            client.get(f"/host/events/{event.slug}/roster").text,
            pdf_text(client.get(f"/host/events/{event.slug}/answers.pdf")),
        ]
        seen = any("Zqviola" in page for page in pages)
        assert seen == ("Instrument" in expected), role


def test_a_roster_of_many_pupils_is_read_with_as_many_statements(
    client, as_host, event, school, told, count_queries
):
    def statements():
        with count_queries() as queries:
            assert client.get(f"/host/events/{event.slug}/roster.csv").status_code == 200
        return len(queries)

    as_host(days=-30)
    statements()
    few = statements()
    for _ in range(4):
        expect_pupil(event=event, school=school)

    assert statements() == few
