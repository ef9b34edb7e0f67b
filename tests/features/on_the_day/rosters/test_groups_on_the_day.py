"""Groups and workshops where people read them: roster, its files, register, the school's pages."""

import io

import pypdf
import pytest

from booking.domain.permissions import Role
from tests.builders.groups import let_choose, offer_workshop, propose_groups, share_out
from tests.builders.rosters import expect_pupil
from tests.builders.schools import as_, make_person, make_school
from tests.features.on_the_day.rosters.test_files import csv_rows, xlsx_rows
from tests.forms_on_pages import form_on, sent
from tests.page import soup, table_rows, text, words


@pytest.fixture
def booking(event, school):
    """Ada and Ben of one school, Eve of another: Red has Ada and Eve, Blue has Ben."""
    other = make_school(name="Birchwood School")
    found = [
        expect_pupil(event=event, school=of, forename=name)
        for of, name in ((school, "Ada"), (school, "Ben"), (other, "Eve"))
    ]
    propose_groups(event, groups=2)
    offer_workshop(event, "Robots", 5, room="Lab")
    let_choose(event)
    share_out(event)
    return found[0]


def test_the_roster_is_sorted_by_group_in_every_format(client, as_host, event, booking):
    as_host(-20)
    roster = f"/host/events/{event.slug}/roster"
    by_school = text(client.get(roster))
    assert "By group" in by_school
    page = client.get(f"{roster}?by=group")
    heads = [words(head) for head in soup(page).select(".roster-school h2")]
    assert heads == ["Red (2)", "Blue (1)"]
    red = table_rows(page, "Pupils in Red")
    assert [row[:2] for row in red] == [
        ["Ada Pupil", "Ashdale Primary School"],
        ["Eve Pupil", "Birchwood School"],
    ]

    links = [a["href"] for a in soup(page).select(".actions-top a")]
    pdf, xlsx, csv = (client.get(link) for link in links)
    for rows in (csv_rows(csv), xlsx_rows(xlsx)):
        place = {heading: number for number, heading in enumerate(rows[0])}
        assert [(row[place["Pupil"]], row[place["Group"]]) for row in rows[1:]] == [
            ("Ada Pupil", "Red"),
            ("Eve Pupil", "Red"),
            ("Ben Pupil", "Blue"),
        ]
        assert {row[place["Workshops"]] for row in rows[1:]} == {"Robots (Lab)"}
    sheets = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf.data)).pages]
    assert [("Ada" in sheet, "Ben" in sheet) for sheet in sheets] == [(True, False), (False, True)]


def test_a_leader_takes_the_register_of_one_group(client, as_host, event, booking):
    as_host(0)
    page = client.get(f"/host/events/{event.slug}/register")
    chips = soup(page).select("ul[aria-label^=Schools] a")
    assert [words(chip) for chip in chips][-2:] == ["Red", "Blue"]
    red = client.get(chips[-2]["href"])
    names = [words(name) for name in soup(red).select(".register-pupil")]
    assert names == ["Ada Pupil", "Eve Pupil"]

    rest = f"/host/events/{event.slug}/register/rest"
    marked = client.post(rest, data=sent(form_on(red, action=rest)))
    assert "group=" in marked.location
    assert "Expected 2 Here 2" in text(client.get(marked.location))
    assert "Expected 3 Here 2" in text(client.get(f"/host/events/{event.slug}/register"))


def test_the_home_school_reads_them_beside_its_pupils(app, school, event, booking):
    coordinator = as_(app, make_person(role=Role.COORDINATOR, school=school))

    own = text(coordinator.get(f"/school/bookings/{booking.public_id}/"))
    coach = coordinator.get(f"/school/events/{event.slug}/coach-list")

    assert "Groups and workshops Group Red Workshops Robots (Lab)" in own
    heads = [words(head) for head in soup(coach).select("thead th")]
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in coach_rows(coach, event)}
    assert (found["Ada Pupil"]["Group"], found["Ben Pupil"]["Group"]) == ("Red", "Blue")
    assert found["Ada Pupil"]["Workshops"] == "Robots (Lab)"


def coach_rows(page, event):
    return table_rows(page, f"Your pupils at {event.title}")
