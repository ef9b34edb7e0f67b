"""The page on one pupil at one event: what a family told reaches the pupil's own school."""

import pytest
from sqlalchemy import select

from booking.domain.needs import Collection, Diet
from booking.domain.permissions import COMMAND, PARENT, Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout
from booking.money.checkout.models import Needs
from booking.on_the_day.rosters.pages.rows import rows
from booking.upkeep import purging
from tests.builders import checkout as families
from tests.builders.pupils import make_pupil
from tests.builders.schools import make_person, sign_in
from tests.features.on_the_day.conftest import at
from tests.page import soup, words

ALERT = "Severe nut allergy, pen in the front pocket"
TOLD = {
    "health": ALERT,
    "access": "Step-free route",
    "diets": [Diet.OTHER, Diet.NO_NUTS],
    "collection": Collection.NAMED_ADULT,
    "collected_by": "Aunt Ife",
    "emergency_name": "Ngozi Okoro",
    "emergency_phone": "+447700900555",
}


def page(client, family):
    shown = client.get(f"/school/bookings/{family.booking.public_id}/")
    assert shown.status_code == 200
    return words(soup(shown).find("main"))


def home(client):
    return words(soup(client.get("/school/")).find("main"))


def health_reads():
    return [
        (entry.person_id, entry.school_id, entry.facts)
        for entry in db.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "read_health")
        )
    ]


def test_the_school_reads_what_the_family_told(client, family, as_coordinator):
    families.answer(family, **TOLD)
    as_coordinator()

    shown = page(client, family)

    for told in (
        *("Ada Okoro", "Puzzle day", "Confirmed", "Other: ask the home school", "No nuts"),
        *("Step-free route", "Collected by a named adult: Aunt Ife", "Ngozi Okoro, 07700 900555"),
        *("Sam Okoro", "07700 900123", "By private link", "staff may give first aid"),
        *("Free", "Given a place", "All answers sent"),
    ):
        assert told in shown, told


def test_the_page_is_found_from_the_event_and_from_the_pupil(client, family, as_coordinator):
    as_coordinator()
    address = f"/school/bookings/{family.booking.public_id}/"

    for place in (
        f"/school/events/{family.booking.event.slug}/",
        f"/school/pupils/{family.booking.pupil.public_id}/",
    ):
        assert soup(client.get(place)).find("a", href=address), place


@pytest.mark.parametrize(
    ("days", "is_shown"), [(-20, False), (-4, False), (-3, True), (0, True), (1, True), (2, False)]
)
def test_an_alert_is_shown_in_the_window_of_the_days_staff_and_its_reading_recorded(
    client, family, as_coordinator, school, days, is_shown
):
    families.answer(family, **TOLD)
    person = as_coordinator(days=days, hour=18)

    shown = page(client, family)

    assert (ALERT in shown) is is_shown
    assert health_reads() == ([(person.id, school.id, {"rows": 1})] if is_shown else [])
    if days < -3:
        assert "Told. Shown from Tuesday 8 June 2027." in shown
    assert "That you read the alert is recorded" not in shown or is_shown


def test_where_nothing_was_told_nothing_is_read(client, family, as_coordinator):
    families.answer(family)
    as_coordinator(days=0)

    assert "Nothing to tell" in page(client, family)
    assert health_reads() == []


def test_a_draft_is_the_parents_own(client, family, as_coordinator):
    with transaction():
        facts = {"actor": PARENT, "now": clock.now(), "booking": family.booking}
        checkout.give_consent(**facts, given_by="Sam Okoro")
        checkout.tell_needs(**facts, health=ALERT, access="Quiet space", diets=[])
    as_coordinator(days=-1)

    shown = page(client, family)

    assert "The family has not answered everything yet." in shown
    assert "No answer yet." in shown
    assert "Quiet space" not in shown


def test_answers_are_not_shown_once_the_place_has_ended(client, family, as_coordinator):
    families.answer(family, **TOLD)
    with transaction():
        checkout.decline(actor=PARENT, now=clock.now(), booking=family.booking)
    as_coordinator(days=-1)

    shown = page(client, family)

    assert "so answers are not shown" in shown
    assert "Aunt Ife" not in shown
    assert "Withdrawn" in shown


def test_another_parents_answers_name_that_parent(client, family, as_coordinator):
    families.answer(family, **TOLD)
    as_coordinator()

    assert "whom to ring: Sam Okoro." in page(client, family)


def test_something_else_to_eat_is_asked_and_reaches_the_kitchen(client, family, as_coordinator):
    families.answer(family, **TOLD)
    as_coordinator(days=-6)
    task = "Ask what Ada O. eats at Puzzle day"
    assert task in home(client)

    client.post(
        f"/school/bookings/{family.booking.public_id}/", data={"note": " No  strawberries "}
    )

    [row] = rows(family.booking.event, now=at(-6), health=False)
    assert row.diet == "No nuts, No strawberries"
    assert task not in home(client)
    assert "No nuts, No strawberries" in page(client, family)


def test_a_note_about_food_needs_a_family_that_asked_for_it(client, family, as_coordinator):
    families.answer(family)
    as_coordinator()

    answered = client.post(
        f"/school/bookings/{family.booking.public_id}/", data={"note": "No strawberries"}
    )

    assert answered.status_code == 422
    assert "so there is nothing to add" in words(soup(answered).find("main"))
    assert db.session.scalars(select(Needs.diet_note)).all() == [None]


def test_a_note_about_food_goes_with_the_tick_that_it_explains(family):
    families.answer(family, **TOLD)
    facts = {"actor": COMMAND, "now": clock.now(), "booking": family.booking}
    with transaction():
        checkout.note_diet(**facts, note="No strawberries")
    with transaction():
        checkout.tell_needs(
            **facts, health=None, access="", diets=[Diet.VEGAN], parent_id=family.parent.id
        )

    assert db.session.scalars(select(Needs.diet_note)).all() == [None]


def test_too_long_a_note_is_refused(family):
    families.answer(family, **TOLD)

    with pytest.raises(checkout.TooLong), transaction():
        checkout.note_diet(actor=COMMAND, now=clock.now(), booking=family.booking, note="x" * 121)


def test_what_was_told_is_gone_two_weeks_after_the_day(client, family, as_coordinator):
    families.answer(family, **TOLD)
    with transaction():
        checkout.note_diet(
            actor=COMMAND, now=clock.now(), booking=family.booking, note="No strawberries"
        )
    as_coordinator(days=16)
    purging.purge(clock.now())

    shown = page(client, family)

    assert "Deleted, as promised" in shown
    for told in ("Aunt Ife", "Ngozi", "No strawberries", "Step-free"):
        assert told not in shown


@pytest.mark.parametrize("role", [Role.HOST, Role.DAY_STAFF, Role.LEAD, Role.AUDITOR])
def test_nobody_else_reads_the_page(client, family, event, host, role, time_machine):
    families.answer(family, **TOLD)
    time_machine.move_to(at(0), tick=False)
    where = {Role.HOST: {"school": host}, Role.DAY_STAFF: {"event_id": event.id}}
    sign_in(client, make_person(role=role, **where.get(role, {})))

    assert client.get(f"/school/bookings/{family.booking.public_id}/").status_code in {403, 404}


def test_a_pupil_without_an_event_has_no_list(client, school, as_coordinator):
    as_coordinator()
    pupil = make_pupil(school=school, forename="Bo", surname="Lee", year_group=5)

    assert soup(client.get(f"/school/pupils/{pupil.public_id}/")).find(id="events") is None
