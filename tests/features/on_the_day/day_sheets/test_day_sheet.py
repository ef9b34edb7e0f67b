"""The day sheet: one page for whoever is in charge, with only what they may know then."""

from datetime import time

import pytest
from sqlalchemy import select

from booking.domain.permissions import Role
from booking.domain.travelling import TravelMode, TravelTimes
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.checkout.models import Needs
from tests.builders import travel
from tests.builders.events import make_event, one_date
from tests.builders.glass import open_glass
from tests.builders.pupils import make_pupil
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_person, make_school, sign_in, sign_out
from tests.features.on_the_day.conftest import DAY
from tests.page import soup, words

ALERT = "Asthma: blue inhaler"


@pytest.fixture
def pupils(event, school):
    for forename, needs in (
        ("Amara", {"health": ALERT, "access": "Step-free route", "diets": ["halal", "no_nuts"]}),
        ("Boris", {"diets": ["halal"]}),
    ):
        pupil = make_pupil(school=school, forename=forename, surname="Okoro", year_group=5)
        expect_pupil(event=event, school=school, pupil=pupil, **needs)
    bring_adult(event=event, school=school)


def test_it_is_one_page_with_the_day_and_no_name_beside_food(
    client, as_host, fetch, event, school, pupils, db_session
):
    travel.plan(event, school, mode=TravelMode.COACH, times=TravelTimes(arrives=time(9, 5)))
    travel.note(event, first_aid="Jo Ray, in the office", safeguarding_name="Noor Ahmed")
    person = as_host()

    [text] = fetch("day-sheet.pdf")

    for said in (
        *("Puzzle day", "Friday 11 June 2027, 9:15am to 2:45pm", "2 pupils, 1 school, 1 adult"),
        *("Life-safety alerts (1)", f"Amara Okoro, Ashdale Primary School {ALERT}"),
        *("Food Halal 2, No nuts 1", "Access Step-free route 1"),
        *("Sam Lane 07700 900321", "07700 900999", "Coach, arrives at 9:05am"),
        *("First aid Jo Ray, in the office", "Safeguarding lead Noor Ahmed"),
        *("Destroy after Saturday 12 June 2027", "Page 1 of 1"),
    ):
        assert said in text
    assert "Boris" not in text
    entry = db_session.scalars(
        select(AuditEntry).where(AuditEntry.action == "download_day_paper")
    ).one()
    assert (entry.person_id, entry.facts) == (
        person.id,
        {"paper": "day sheet", "rows": 2, "health": True},
    )
    history = words(soup(client.get(f"/host/events/{event.slug}/history")).find("main"))
    assert "downloaded the day sheet for 2 people, with health notes" in history
    links = words(soup(client.get(f"/host/events/{event.slug}/")))
    assert "Paper for the day" in links


def test_alerts_and_food_are_on_it_only_in_their_time_and_for_who_may_see_them(
    client, as_host, fetch, event, pupils
):
    as_host(days=-8)
    [early] = fetch("day-sheet.pdf")
    as_host(days=-5)
    [before] = fetch("day-sheet.pdf")
    as_host()
    sign_out(client)
    lead = make_person(role=Role.LEAD)
    open_glass(event, lead)
    sign_in(client, lead)
    [overseen] = fetch("day-sheet.pdf")

    assert [word for word in ("Asthma", "Amara", "Halal", "Step-free") if word in early] == []
    assert "Life-safety alerts are shown from Tuesday 8 June 2027." in early
    assert "Halal 2" in before
    assert "Asthma" not in before
    assert [word for word in ("Asthma", "Amara", "Halal", "Step-free") if word in overseen] == []


@pytest.mark.slow
def test_twenty_three_schools_stand_on_one_page_and_too_many_go_on_with_numbers(
    client, as_host, fetch, host
):
    many = make_event(title="Many", host=host, places=200, dates=[one_date(DAY)])
    for number in range(23):
        school = make_school(
            name=f"{number} Saint Swithin’s Church of England Primary School",
            emergency_phone="07700 900999",
        )
        for place in range(3):
            alert = {"health": "Nut allergy: adrenaline pen"} if place == 0 and number < 12 else {}
            expect_pupil(event=many, school=school, **alert)
        bring_adult(event=many, school=school, name="Bartholomew Featherstonehaugh")
        bring_adult(event=many, school=school, name="Jo Ray", mobile="07700 900322")
    as_host()

    assert len(fetch("day-sheet.pdf", of=many)) == 1

    with transaction():
        for needs in db.session.scalars(select(Needs)):
            needs.health = "Nut allergy " * 100
    found = fetch("day-sheet.pdf", of=many)
    assert "This day sheet has more than one page: see the foot." in found[0]
    assert [f"Page {n} of {len(found)}" in text for n, text in enumerate(found, 1)] == [True] * len(
        found
    )
    assert len(found) > 1
