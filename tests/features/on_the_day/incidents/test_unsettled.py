"""Heads counted in and out, and what keeps a date from being closed."""

import pytest
from sqlalchemy import select

from booking.domain.registering import Arrival, Aspect, Departure
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.on_the_day.incidents import queries
from booking.on_the_day.incidents.models import HeadCount, Incident
from booking.on_the_day.rosters import service as rosters
from booking.upkeep import purging
from tests.builders.schools import actor_of, sign_in
from tests.features.on_the_day.conftest import at
from tests.page import soup, words


@pytest.fixture
def address(event):
    return f"/host/events/{event.slug}/counts"


def mark(person, event, booking, arrival, departure=None):
    facts = {"actor": person, "now": clock.now(), "day": event.dates[0], "booking": booking}
    with transaction():
        rosters.mark(**facts, aspect=Aspect.ARRIVAL, mark=arrival)
        if departure:
            rosters.mark(**facts, aspect=Aspect.DEPARTURE, mark=departure)


def count(browser, address, way, number):
    field = "went" if way == "out" else "came"
    return browser.post(address, data={"way": way, field: number})


def unsettled(event):
    db.session.rollback()
    return queries.unsettled(event.dates[0]).words


def incident():
    db.session.rollback()
    return db.session.scalars(select(Incident)).one()


def test_a_difference_keeps_a_date_open_until_a_closed_incident_explains_it(
    as_teacher, teacher, event, pupil, stranger, address
):
    actor = actor_of(teacher)
    assert unsettled(event) == ["2 pupils are neither here nor reported absent."]
    mark(actor, event, pupil, Arrival.LATE)
    mark(actor, event, stranger, Arrival.ABSENT_REPORTED)
    assert count(as_teacher, address, "in", 1).status_code == 303
    assert unsettled(event) == ["1 pupil is neither counted out nor marked as gone."]
    mark(actor, event, pupil, Arrival.LATE, Departure.COLLECTED)
    assert unsettled(event) == []
    assert count(as_teacher, address, "out", 1).status_code == 303
    assert unsettled(event) == []
    assert "Everybody is accounted for" in as_teacher.get(address).text

    count(as_teacher, address, "out", 0)

    differ = [
        "1 more came in than went out: 1 came in and 0 went out.",
        "1 is marked as collected, and 0 were counted out.",
    ]
    assert unsettled(event) == differ
    assert differ[0] in words(soup(as_teacher.get(address)).find("main"))
    assert as_teacher.post(f"{address}/explain", data={"why": " "}).status_code == 422
    as_teacher.post(f"{address}/explain", data={"why": "We are looking"})
    assert unsettled(event) == [*differ, "1 incident is still open."]
    again = as_teacher.post(f"{address}/explain", data={"why": "I am looking too"})
    assert again.location == f"/host/incidents/{incident().public_id}/"
    as_teacher.post(f"{again.location}close", data={"outcome": "Went out by the side door"})
    assert unsettled(event) == []
    assert incident().what == "\n".join([*differ, "We are looking"])


def test_what_explained_one_count_does_not_explain_the_next(as_teacher, event, address, teacher):
    count(as_teacher, address, "in", 1)
    clear = {"why": "A visitor’s child", "is_clear": "y"}
    assert as_teacher.post(f"{address}/explain", data=clear).status_code == 303
    assert not any("counted in" in said for said in unsettled(event))

    with transaction():
        db.session.scalars(select(HeadCount)).one().counted_at = at(0, 12)

    assert any("counted in" in said for said in unsettled(event))


def test_a_count_is_a_number_of_heads_and_each_is_in_the_trail(as_teacher, event, address):
    for wrong in ("", "many", "-1", "2001"):
        answer = count(as_teacher, address, "in", wrong)
        assert (answer.status_code, f'value="{wrong}"' in answer.text) == (422, True), wrong
    assert count(as_teacher, address, "up", 1).status_code == 404
    nothing = as_teacher.post(f"{address}/explain", data={"why": "No reason"})
    assert "The numbers agree, so there is nothing to explain." in nothing.text
    for number in (3, 2):
        count(as_teacher, address, "in", number)

    db.session.rollback()
    found = db.session.scalars(select(AuditEntry).where(AuditEntry.action == "count_heads"))
    assert [(entry.facts["before"], entry.facts["number"]) for entry in found] == [
        (None, 3),
        (3, 2),
    ]
    assert [count.number for count in db.session.scalars(select(HeadCount))] == [2]
    assert purging.purge(at(400, 16))["heads counted in and out"] == 1


def test_a_host_sets_the_times_of_an_event(as_teacher, event):
    address = f"/host/events/{event.slug}/times"
    assert 'value="15"' in as_teacher.get(address).text
    wrong = as_teacher.post(address, data={"call_after": "soon", "police_after": "121"})
    assert wrong.status_code == 422

    as_teacher.post(address, data={"call_after": "5", "police_after": "10"})

    db.session.rollback()
    assert [t.total_seconds() for t in queries.times(event.id)] == [300, 600]


def test_a_day_is_not_closed_before_its_numbers_and_incidents_are_settled(
    as_teacher, teacher, event, pupil, stranger, address, time_machine
):
    closing, actor = f"/host/events/{event.slug}/close", actor_of(teacher)
    mark(actor, event, pupil, Arrival.NOT_HERE)
    mark(actor, event, stranger, Arrival.ARRIVED)
    count(as_teacher, address, "in", 2)
    time_machine.move_to(at(0, 16), tick=False)
    sign_in(as_teacher, teacher)

    page = words(soup(as_teacher.get(closing)).find("main"))

    for told in (
        "1 pupil is neither here nor reported absent.",
        "1 more counted in than the register has here: 2 were counted in, and 1 is marked.",
        "1 pupil is neither counted out nor marked as gone.",
    ):
        assert told in page
    as_teacher.post(closing)
    assert "1 pupil is neither here nor reported absent." in as_teacher.get("/host/").text
    settle = {"booking": pupil.public_id, "mark": "absent"}
    as_teacher.post(f"/host/events/{event.slug}/calls/settle", data=settle)
    for way in ("in", "out"):
        count(as_teacher, address, way, 1)
    as_teacher.post(closing)
    assert "Closed at 4pm" in words(soup(as_teacher.get(closing)).find("main"))
