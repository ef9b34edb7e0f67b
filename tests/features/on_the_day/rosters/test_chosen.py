"""A roster as somebody wants it: columns, order, the kitchen's numbers, alike in every format."""

import pytest
from sqlalchemy import select

from booking.domain.needs import DIET_WORDS, Diet
from booking.foundation.audit.models import AuditEntry
from booking.on_the_day.rosters.pages import figures
from tests.builders.events import make_event, one_date
from tests.builders.groups import let_choose, offer_workshop, share_out
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_school
from tests.features.on_the_day.conftest import DAY
from tests.features.on_the_day.rosters.test_files import csv_parts, csv_rows, pdf_text, xlsx_rows
from tests.page import soup, table_rows, words

#: School, first and last name, food codes, alert.
PUPILS = [
    ("Ashdale", "Bo", "Zwick", ["halal", "no_nuts"], "Zqpen"),
    ("Ashdale", "Cy", "Éluard", ["no_nuts"], ""),
    ("Birchwood", "Di", "Eames", ["halal", "no_nuts", "other"], ""),
    ("Birchwood", "Ed", "Abel", [], ""),
]


@pytest.fixture
def day(host):
    """Four pupils of two schools."""
    event = make_event(title="Puzzle day", host=host, dates=[one_date(DAY)])
    schools = {name: make_school(name=name) for name in ("Ashdale", "Birchwood")}
    for school, forename, surname, diets, health in PUPILS:
        needs = {"diets": diets, "diet_note": "Ed’s pie" if "other" in diets else ""}
        expect_pupil(
            event=event,
            school=schools[school],
            forename=forename,
            surname=surname,
            health=health,
            **needs,
        )
    bring_adult(event=event, school=schools["Ashdale"])
    return event


def files(client, page):
    """Return what the links of a page send: PDF, workbook, CSV."""
    return [client.get(link["href"]) for link in soup(page).select(".actions-top a")]


def test_the_ticked_columns_are_on_the_page_and_in_every_file_and_what_is_missing_is_said(
    client, as_host, day, db_session
):
    as_host()
    base = f"/host/events/{day.slug}/roster"
    page = client.get(f"{base}?chosen=yes&column=School&column=Food&column=Way+home")
    pdf, xlsx, csv = files(client, page)

    head = ["School", "Pupil", "Food", "Way home"]
    assert csv_rows(csv)[0] == xlsx_rows(xlsx)[0] == head
    assert [words(th) for th in soup(page).select("thead tr")[0].find_all("th")] == head[1:]
    ticked = [box["value"] for box in soup(page).select("input[name=column][checked]")]
    assert ticked == ["School", "Food", "Way home"]
    for shown in (words(soup(page).find("main")), pdf_text(pdf)):
        assert "Left out by choice: Life-safety alert and Access" in shown
        assert "1 alert, 3 diets, 0 with access needs" in shown
        assert [gone for gone in ("Zqpen", "Sam Lane", "No photos") if gone in shown] == []
    kept = db_session.scalars(
        select(AuditEntry).where(AuditEntry.action.in_(("download_roster", "read_health")))
    )
    assert {(entry.facts["health"], *entry.facts["columns"]) for entry in kept} == {(False, *head)}


def test_one_alphabet_goes_across_the_schools_also_in_the_files(client, as_host, day):
    as_host()
    page = client.get(f"/host/events/{day.slug}/roster?by=name")
    pdf, xlsx, csv = files(client, page)

    expected = ["Ed Abel", "Di Eames", "Cy Éluard", "Bo Zwick"]
    shown = [row[0] for row in table_rows(page, "All pupils, A to Z")]
    assert shown == expected
    assert [row[1] for row in csv_rows(csv)[1:]] == expected
    assert [row[1] for row in xlsx_rows(xlsx)[1:]] == expected
    places = [pdf_text(pdf).index(name) for name in expected]
    assert places == sorted(places)
    assert "Sort" in words(soup(page).find("main"))


def test_an_order_that_the_event_does_not_have_is_the_one_by_school(client, as_host, day):
    as_host()

    for asked in ("group", "workshop", "nonsense"):
        page = soup(client.get(f"/host/events/{day.slug}/roster?by={asked}"))
        assert [words(head) for head in page.select(".roster-school h2")] == [
            "Ashdale (2)",
            "Birchwood (2)",
        ]


def test_by_workshop_a_pupil_of_two_stands_in_both_and_is_one_pupil(client, as_host, day):
    offer_workshop(day, "Robots", 9, room="Lab")
    let_choose(day)
    share_out(day)
    as_host()

    page = client.get(f"/host/events/{day.slug}/roster?by=workshop")
    pdf, _, csv = files(client, page)

    assert [words(head) for head in soup(page).select(".roster-school h2")] == ["Robots (Lab) (4)"]
    assert {row[0] for row in csv_rows(csv)[1:]} == {"Robots (Lab)"}
    assert "4 of 4 places in workshops" in pdf_text(pdf)


def test_the_kitchen_gets_numbers_and_no_name(client, as_host, day):
    as_host()
    page = client.get(f"/host/events/{day.slug}/roster")
    codes = [["Halal", "2"], ["No nuts", "3"], [figures.SOMETHING_ELSE, "1"]]
    meals = [
        ["Halal, No nuts", "1"],
        [f"Halal, No nuts, {figures.SOMETHING_ELSE}", "1"],
        ["No nuts", "1"],
        ["Nothing special", "1"],
    ]

    assert table_rows(page, "Each need: somebody with two counts in both") == codes
    assert table_rows(page, "Each meal: every pupil once") == meals
    [_, _, kitchen] = csv_parts(client.get(f"/host/events/{day.slug}/roster.csv"))
    assert kitchen[2:-1] == [*codes, ["Meals, each pupil once", ""], *meals]
    alone = client.get(f"/host/events/{day.slug}/kitchen.pdf")
    text = pdf_text(alone)
    assert "2 Halal" in text
    assert "Destroy after Saturday 12 June 2027" in text
    private = (*(name for pupil in PUPILS for name in pupil[1:3]), "pie", "Zqpen", "Ashdale")
    for sheet in (text, str(kitchen)):
        assert [word for word in private if word in sheet.split()] == []
    assert DIET_WORDS[Diet.HALAL] in text


def test_before_food_is_open_the_kitchen_reads_from_when(client, as_host, day):
    as_host(days=-8)

    text = pdf_text(client.get(f"/host/events/{day.slug}/kitchen.pdf"))

    assert "Food and access needs are shown from Friday 4 June 2027." in text
    assert "Halal" not in text
