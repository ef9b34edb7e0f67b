"""Kits: lent, collected, returned, each in one press; late when a school keeps one too long."""

from datetime import timedelta

import pytest

from booking.days.tours import queries, service
from booking.days.tours.models import Kit, KitState, TourStop
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders import schools, tours


@pytest.fixture
def agreed(world):
    """Provide the world with two agreed stops, a few days apart."""
    world.first = tours.agree_stop(world.tour, world.primary, tours.at(40))
    world.second = tours.agree_stop(world.tour, world.neighbour, tours.at(45))
    return world


def lend(kit, stop):
    with transaction():
        return service.hand_over(
            actor=COMMAND,
            now=clock.now(),
            kit=db.session.get_one(Kit, kit.id),
            state=KitState.LENT,
            stop=db.session.get_one(TourStop, stop.id),
        )


def test_each_hand_over_is_one_press_and_says_who_when_and_what_is_missing(app, agreed):
    here = f"/tours/kits/{agreed.kit.public_id}"
    browser = schools.as_(app, agreed.host)
    assert "At home, at Aldermere Upper" in browser.get(here).text
    to = f"lent:{agreed.first.public_id}"
    assert browser.post(f"{here}/hand-over", data={"to": to}).status_code == 303
    again = browser.post(f"{here}/hand-over", data={"to": to}, check=False)
    assert again.status_code == 422
    for wrong in ("", "lost", "lent:nowhere"):
        assert browser.post(f"{here}/hand-over", data={"to": wrong}).status_code == 422

    keeper = schools.as_(app, agreed.keeper)
    pressed = {"to": "home", "missing": "One gas mask"}
    assert keeper.post(f"{here}/hand-over", data=pressed).status_code == 303
    page = browser.get(here).text
    assert "At home, at Aldermere Upper" in page
    assert page.index("One gas mask") < page.index("Lent to Tindlebrook Primary")
    assert "Kit Keeper" in page
    assert "Hannah Host" in page


def test_only_schools_that_have_own_or_await_a_kit_hand_it_over(app, agreed):
    stranger = schools.make_person(role=Role.HOST, school=schools.make_school())
    browser = schools.as_(app, stranger)
    here = f"/tours/kits/{agreed.kit.public_id}"
    assert "Where is it now?" not in browser.get(here).text
    sent = browser.post(f"{here}/hand-over", data={"to": "collected"}, check=False)
    assert sent.status_code == 404


def test_a_late_kit_is_a_task_of_its_holder_its_owner_and_whoever_waits_for_it(
    app, agreed, time_machine
):
    lend(agreed.kit, agreed.first)
    late_at = agreed.first.ends_at + timedelta(days=1)
    time_machine.move_to(late_at - timedelta(minutes=1))
    assert queries.late_kits(now=clock.now()) == []
    time_machine.move_to(late_at + timedelta(minutes=1))

    [late] = queries.late_kits(now=clock.now())
    assert (late.kit.id, late.next_stop.id) == (agreed.kit.id, agreed.second.id)
    words = "The box is late: it is still at Tindlebrook Primary"
    for person, home in (
        (agreed.host, "/host/"),
        (agreed.coordinator, "/school/"),
        (agreed.keeper, "/host/"),
    ):
        assert words in schools.as_(app, person).get(home).text
    lend(agreed.kit, agreed.second)
    assert queries.late_kits(now=clock.now()) == []


def test_a_kit_is_added_and_changed_by_a_host_of_its_school(app, world):
    browser = schools.as_(app, world.keeper)
    typed = {"name": "Evacuees", "school_id": str(world.upper.id), "contents": "2 gas masks\n1 map"}
    sent = browser.post("/tours/kits/new", data=typed)
    assert sent.status_code == 303
    assert "2 gas masks" in browser.get(sent.location).text
    wrong = browser.post("/tours/kits/new", data=typed | {"school_id": str(world.primary.id)})
    assert wrong.status_code == 422
    changed = browser.post(f"{sent.location}/change", data=typed | {"name": "Evacuees, 1940"})
    assert changed.status_code == 303
    assert "Evacuees, 1940" in browser.get("/tours/kits/").text
