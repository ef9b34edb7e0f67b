"""The call list: who is neither here nor reported absent, rung in order, settled once."""

import pytest
from sqlalchemy import select

from booking.domain.registering import Arrival
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db
from booking.on_the_day.incidents.models import Call, Incident
from booking.on_the_day.rosters.models import RegisterMark
from tests.builders.rosters import bring_adult, tell_needs
from tests.page import soup, words

PARENT, LEARNT = "07700 900666", "Overslept, on the way"


@pytest.fixture
def numbers(event, school, pupil):
    bring_adult(event=event, school=school)
    tell_needs(pupil, emergency_name="Ngozi Okoro", emergency_phone="+447700900666")


@pytest.fixture
def begun(numbers, as_teacher, event, stranger):
    """Begin the register: the pupil of the other school is there."""
    data = {"booking": stranger.public_id, "mark": "arrived"}
    assert as_teacher.post(f"/host/events/{event.slug}/register", data=data).status_code == 303


def shown(browser, address):
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status
    return words(soup(answer).find("main"))


def arrivals():
    db.session.rollback()
    found = db.session.execute(select(RegisterMark.booking_id, RegisterMark.arrival))
    return dict(found.all())


def test_the_host_rings_the_adult_then_the_school_and_no_parent(
    begun, as_teacher, event, pupil, teacher
):
    address = f"/host/events/{event.slug}/calls"
    page = as_teacher.get(address)
    told = words(soup(page).find("main"))
    links = [link["href"] for link in soup(page).select("section a[href^='tel:']")]

    assert "1 pupil is neither here nor reported absent." in told
    assert links == ["tel:+447700900321", "tel:07700900999"]
    assert "Zac" not in told
    assert PARENT not in told
    assert "Ring about 1 pupil not at Puzzle day" in shown(as_teacher, "/host/")

    about = {"bookings": pupil.public_id}
    as_teacher.post(address, data=about | {"call": "adult:no_answer"})
    as_teacher.post(address, data=about | {"call": "school:spoke", "learnt": LEARNT})

    told = shown(as_teacher, address)
    assert "11am, Hanna Lane rang the adult who travels along: no answer" in told
    assert f"11am, Hanna Lane rang the school: spoke to somebody: {LEARNT}" in told
    entries = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "note_call"))
    assert [entry.facts["result"] for entry in entries] == ["no_answer", "spoke"]
    assert not any(LEARNT in str(entry.facts) for entry in entries)


def test_a_call_is_about_somebody_and_by_the_host_to_no_parent(begun, as_teacher, event, pupil):
    address = f"/host/events/{event.slug}/calls"
    about = {"bookings": pupil.public_id}
    assert as_teacher.post(address, data=about | {"call": "parent:spoke"}).status_code == 404
    assert as_teacher.post(address, data=about | {"call": "adult:shouted"}).status_code == 404
    as_teacher.post(address, data={"call": "adult:spoke"})
    assert "Tick whom the call was about." in as_teacher.get(address).text
    as_teacher.post(address, data=about | {"call": "adult:spoke", "learnt": "x" * 501})
    assert "Keep this to 500 characters or fewer." in as_teacher.get(address).text

    assert list(db.session.scalars(select(Call.id))) == []


def test_the_home_school_sees_its_own_pupils_with_their_parents_numbers_at_once(
    begun, as_coordinator, as_teacher, event, pupil, stranger
):
    address = f"/school/events/{event.slug}/calls"
    assert "Ring about 1 pupil not at Puzzle day" in shown(as_coordinator, "/school/")
    told = shown(as_coordinator, address)
    assert "Ngozi Okoro Ring 07700 900666" in told
    assert "Sam Lane" in told
    others = {"bookings": stranger.public_id, "call": "parent:spoke"}
    as_coordinator.post(address, data=others)
    theirs = {"booking": stranger.public_id, "mark": "absent"}
    assert as_coordinator.post(f"{address}/absent", data=theirs).status_code == 404
    own = {"booking": pupil.public_id, "mark": "late"}
    assert as_coordinator.post(f"{address}/absent", data=own).status_code == 404
    assert list(db.session.scalars(select(Call.id))) == []

    about = {"bookings": pupil.public_id, "call": "parent:spoke", "learnt": "Ill since Monday"}
    as_coordinator.post(address, data=about)
    assert "rang the parents: spoke to somebody" in shown(
        as_teacher, f"/host/events/{event.slug}/calls"
    )
    as_coordinator.post(f"{address}/absent", data=own | {"mark": "absent"})

    assert arrivals()[pupil.id] is Arrival.ABSENT_REPORTED
    assert "Nobody to ring about" in shown(as_coordinator, address)
    assert "Ring about" not in shown(as_coordinator, "/school/")
    assert "Ring about" not in shown(as_teacher, "/host/")


def test_whoever_settles_second_is_told_to_look_again(
    begun, as_teacher, as_coordinator, event, pupil
):
    hosts = f"/host/events/{event.slug}/calls"
    as_teacher.post(f"{hosts}/settle", data={"booking": pupil.public_id, "mark": "late"})

    late = {"booking": pupil.public_id, "mark": "absent"}
    as_coordinator.post(f"/school/events/{event.slug}/calls/absent", data=late)

    assert arrivals()[pupil.id] is Arrival.LATE
    page = as_coordinator.get(f"/school/events/{event.slug}/calls").text
    assert "Somebody has found out about this pupil in the meantime." in page


def test_nobody_is_rung_about_before_the_register_has_begun(
    numbers, as_teacher, as_coordinator, event
):
    page = shown(as_teacher, f"/host/events/{event.slug}/calls")

    assert "Nobody has been marked yet" in page
    assert "Ring about" not in shown(as_coordinator, "/school/")
    assert "Ring about" not in shown(as_teacher, "/host/")


def test_a_search_begins_once_and_its_steps_are_ticked_in_order(
    begun, as_teacher, as_coordinator, event, stranger, pupil
):
    address = f"/host/events/{event.slug}/missing"
    form = {
        "pupil": pupil.public_id,
        "happened_at": "2027-06-11T10:50",
        "what": "By the climbing frame",
    }
    assert as_teacher.post(address, data=form | {"pupil": ""}).status_code == 422
    first = as_teacher.post(address, data=form)
    again = as_teacher.post(address, data=form | {"what": "By the gate"})

    assert again.location == first.location
    db.session.rollback()
    [search] = db.session.scalars(select(Incident))
    page = shown(as_teacher, first.location)
    assert "if not found by 11:10am on Friday 11 June 2027: 999" in page
    steps = f"{first.location}steps"
    for sent in ({"step": "search"}, {"step": "search"}, {"step": "gates"}):
        as_teacher.post(steps, data=sent)
    as_teacher.post(steps, data={"step": "gates", "undo": "yes"})
    assert as_teacher.post(steps, data={"step": "dance"}).status_code == 404
    own = shown(as_coordinator, f"/school/incidents/{search.public_id}/")
    assert own.count("Done 11 Jun 2027, 11am, Hanna Lane") == 1
    assert "By the climbing frame" in own
    # The search explains where the pupil is not; the call list need not.
    assert "Nobody to ring about" in shown(as_teacher, f"/host/events/{event.slug}/calls")
    as_teacher.post(f"{first.location}close", data={"outcome": "Found in the library"})
    as_teacher.post(steps, data={"step": "police"})
    assert "Somebody has closed this incident" in as_teacher.get("/host/").text
