"""The list for whoever travels with a school's pupils: it has the family's number."""

import io

import pypdf
import pytest
from sqlalchemy import select

from booking.domain.needs import Collection
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from tests.builders import checkout as families
from tests.builders import travel
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_school
from tests.features.on_the_day.conftest import at
from tests.page import soup, table_rows, words

ALERT = "Asthma: blue inhaler in the front pocket"
TOLD = {
    "health": ALERT,
    "access": "Step-free route",
    "collection": Collection.ALONE,
    "emergency_name": "Ngozi Okoro",
    "emergency_phone": "+447700900555",
}


@pytest.fixture
def told(event, family, school):
    families.answer(family, **TOLD)
    bring_adult(event=event, school=school)
    return family


def url(event):
    return f"/school/events/{event.slug}/coach-list"


def records(action):
    found = select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
    return [(one.person_id, one.school_id, one.facts) for one in db.session.scalars(found)]


def test_the_list_has_what_an_adult_needs_on_the_way(client, event, school, told, as_coordinator):
    as_coordinator(days=-1)
    travel.plan(event, school, base_name="Olu Office", base_phone="07700 900222")

    shown = client.get(url(event))

    assert table_rows(shown, "Your pupils at Puzzle day") == [
        [
            *("Ada Okoro", "Year 5", ALERT, "", "Step-free route", "May go home alone"),
            "Ngozi Okoro, 07700 900555",
        ]
    ]
    main = soup(shown).find("main")
    assert "Accompanied by Sam Lane 07700 900321" in words(main)
    assert "Minibus. At school: Olu Office, 07700 900222." in words(main)
    assert [one["href"] for one in main.select("table a")] == ["tel:+447700900555"]


@pytest.mark.parametrize(("days", "is_kept"), [(-4, False), (-3, True), (0, True), (8, False)])
def test_a_phone_keeps_it_from_three_days_before_until_the_day_is_over(
    client, event, told, as_coordinator, days, is_kept
):
    as_coordinator(days=days)

    page = soup(client.get(url(event)))

    until = [float(one["data-kept-until"]) / 1000 for one in page.select("[data-kept-until]")]
    midnight = max(at(1, 0), at(days + 1, 0)).timestamp()
    assert until == ([midnight] if is_kept else [])
    assert bool(page.select("script[type=module]")) is is_kept


@pytest.mark.parametrize(("days", "is_shown"), [(-4, False), (-3, True), (1, True), (2, False)])
def test_alerts_are_on_it_in_their_window_and_reading_them_is_recorded(
    client, event, told, as_coordinator, school, days, is_shown
):
    person = as_coordinator(days=days)

    shown = words(soup(client.get(url(event))).find("main"))

    assert (ALERT in shown) is is_shown
    assert "Ngozi Okoro, 07700 900555" in shown
    assert records("read_health") == ([(person.id, school.id, {"rows": 1})] if is_shown else [])


def test_the_pdf_is_the_same_and_its_download_recorded(client, event, told, as_coordinator, school):
    person = as_coordinator(days=0)

    answered = client.get(url(event) + ".pdf")

    [page] = pypdf.PdfReader(io.BytesIO(answered.data)).pages
    text = " ".join(page.extract_text().split())
    for part in ("Ada Okoro", "Ngozi Okoro, 07700 900555", "Sam Lane 07700 900321", "Out", "Back"):
        assert part in text, part
    assert answered.headers["Cache-Control"] == "no-store"
    assert records("download_coach_list") == [(person.id, school.id, {"rows": 1, "health": True})]


def test_it_has_the_schools_own_pupils_only(client, event, told, as_coordinator):
    expect_pupil(event=event, school=make_school(), forename="Zed", surname="Elsewhere")
    as_coordinator(days=0)

    assert "Elsewhere" not in words(soup(client.get(url(event))).find("main"))


def test_it_is_found_from_the_schools_page_about_the_event(client, event, told, as_coordinator):
    as_coordinator()

    page = soup(client.get(f"/school/events/{event.slug}/"))

    assert page.find("a", href=url(event))


def test_it_says_so_while_nobody_is_confirmed(client, event, family, as_coordinator):
    as_coordinator()

    assert "Nobody is confirmed yet" in words(soup(client.get(url(event))).find("main"))
