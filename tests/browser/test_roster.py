"""A roster on a phone: a class fits on a few screens, and an alert is seen and said."""

from datetime import timedelta
from typing import Any

from booking.domain.needs import Collection, PhotoPermission
from booking.domain.permissions import Role
from booking.foundation import clock
from tests.browser.test_accessibility import sign_in
from tests.builders.events import make_event, one_date
from tests.builders.rosters import bring_adult, expect_pupil
from tests.builders.schools import make_person, make_school
from tests.conftest import Server

PUPILS, SCHOOLS, HEIGHT_MAX = 24, 8, 3000
ALERT = "Severe nut allergy: two auto-injectors in the green pouch, carried by the teacher."


def a_day() -> tuple[str, str]:
    """Return the address of a roster of 24 pupils, and the e-mail address of its host."""
    host = make_school()
    event = make_event(host=host, places=PUPILS, dates=[one_date(clock.now() + timedelta(days=2))])
    schools = [make_school(name=f"Saltwillow Community Primary School {n}") for n in range(SCHOOLS)]
    for n in range(PUPILS):
        expect_pupil(
            event=event,
            school=schools[n % SCHOOLS],
            forename="Benedikt",
            surname=f"Nightingale {chr(65 + n)}",
            health="" if n % 6 else ALERT,
            diets=[] if n % 3 else ["halal"],
            photo=[*PhotoPermission][n % 3],
            collection=Collection.SCHOOL if n % 5 else Collection.ALONE,
        )
    for school in schools:
        bring_adult(event=event, school=school)
    email = make_person(role=Role.HOST, school=host).email
    return f"/host/events/{event.slug}/roster", email


def test_24_pupils_take_few_screens_of_a_phone_and_alerts_stand_out(
    live_server: Server, page: Any
) -> None:
    with live_server.app.app_context():
        address, email = a_day()
    page.set_viewport_size({"width": 375, "height": 740})
    sign_in(page, email)
    page.goto(address)

    assert page.locator(".roster-school tbody tr").count() == PUPILS
    assert page.evaluate("document.documentElement.scrollHeight") <= HEIGHT_MAX
    assert page.evaluate("document.documentElement.scrollWidth") == page.viewport_size["width"]
    alert = page.locator(".roster-school tbody tr", has_text=ALERT).first
    assert alert.locator(".tag-bad").inner_text() == "Alert"
    said = page.locator(".roster-school tbody tr").nth(1).inner_text()
    assert "–" not in said
