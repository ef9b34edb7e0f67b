"""The register on phones: few taps, a short page, and no mark lost where there is no signal."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, time
from typing import Any

import pytest
from sqlalchemy import delete, func, select
from werkzeug.serving import make_server

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.permissions import Role
from booking.domain.registering import Arrival
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.on_the_day.rosters.models import RegisterMark, RegisterTap
from booking.people.schools.models import RoleGrant
from tests import cast
from tests.builders import events, rosters, schools
from tests.conftest import Server

PHONE = {"width": 375, "height": 700}
TAPS_MAX, HEIGHT_MAX = 10, 3000
PHONES, MARKS = 5, 500
READY = "html[data-offline=ready]"
#: What the phone has kept.
KEPT_NAMES = """() => new Promise((resolve) => {
  const opening = indexedDB.open("fairplace-day");
  opening.onsuccess = () => {
    const all = opening.result.transaction("things").objectStore("things").getAllKeys();
    all.onsuccess = () => { opening.result.close(); resolve(all.result); };
  };
})"""
#: Press these buttons of every pupil, one button after the other.
PRESS_ALL = """(values) => {
  const rows = [...document.querySelectorAll("[data-pupil]")];
  for (const value of values) for (const row of rows) row.querySelector(`[value=${value}]`).click();
}"""


def prepare(pupils: int) -> tuple[str, str]:
    """Expect pupils of two schools today; return the host's address and the page's."""
    host = schools.make_school()
    person = schools.make_person(role=Role.HOST, school=host, password=cast.PASSWORD)
    event = events.make_event(host=host, places=pupils)
    homes = [schools.make_school(emergency_phone="07700 900999") for _ in range(2)]
    for number in range(pupils):
        needs = {"health": "Severe nut allergy"} if number == 0 else {}
        rosters.expect_pupil(
            event=event, school=homes[number * 2 // pupils], forename=f"Pupil{number}", **needs
        )
    today = clock.now().astimezone(LONDON).date()
    with transaction():
        row = db.session.get_one(Event, event.id)
        begins, ends = (datetime.combine(today, at, LONDON) for at in (time(0, 5), time(23, 50)))
        row.dates[0].starts_at, row.dates[0].ends_at = begins, ends
        row.first_starts_at, row.last_ends_at = begins, ends
    return person.email, f"/host/events/{event.slug}/register"


def sign_in(page: Any, email: str) -> None:
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_selector("text=Sign out", state="attached")


def press(page: Any, number: int, mark: str) -> None:
    row = page.locator("[data-pupil]", has_text=f"Pupil{number} ")
    row.locator(f"[value={mark}]").click()


@contextmanager
def serving(app: Any, port: int = 0) -> Iterator[Any]:
    """Serve the application by a server that can go away, as a signal does."""
    server = make_server("127.0.0.1", port, app, threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def arrivals(live_server: Server) -> Callable[[], list[Arrival | None]]:
    """Return a way to read how the pupils were marked, in their order."""

    def read() -> list[Arrival | None]:
        with live_server.app.app_context():
            rows = select(RegisterMark.arrival).order_by(RegisterMark.booking_id)
            return list(db.session.scalars(rows))

    return read


def test_24_pupils_in_a_few_taps_and_the_page_opens_without_a_signal(
    browser: Any, live_server: Server, arrivals: Any
) -> None:
    with live_server.app.app_context():
        email, address = prepare(24)
    with serving(live_server.app) as server:
        port = server.port
        context = browser.new_context(base_url=f"http://localhost:{port}", viewport=PHONE)
        page = context.new_page()
        sign_in(page, email)
        page.goto(address)
        page.wait_for_selector(READY, state="attached")
        height = page.evaluate("document.documentElement.scrollHeight")
        assert height <= HEIGHT_MAX, f"{height} px"
        assert page.get_by_text("Alert", exact=True).count() == 1
        taps = 0
        for number in (3, 20):
            press(page, number, "not_here")
            taps += 1
        rest = page.get_by_role("button", name="Mark the other 22 as here")
        assert rest.bounding_box()["y"] > PHONE["height"] * 0.7  # where a thumb is
        rest.click()
        taps += 1
        page.get_by_text("All sent").wait_for()
    assert taps <= TAPS_MAX
    assert arrivals().count(Arrival.ARRIVED) == 22

    page.reload()  # there is no server now
    press(page, 3, "late")
    page.get_by_text("No signal: 1 mark waits on this phone.").wait_for()
    assert page.locator("[data-count=here]").inner_text() == "23"

    with serving(live_server.app, port):
        page.reload()
        page.get_by_text("All sent").wait_for()
    assert arrivals()[3] is Arrival.LATE
    context.close()


def test_the_coach_list_opens_without_a_signal(browser: Any, live_server: Server) -> None:
    with live_server.app.app_context():
        _, address = prepare(2)
        school = db.session.scalars(select(Booking)).first().school  # type: ignore[union-attr]
        email = schools.make_person(
            role=Role.COORDINATOR, school=school, password=cast.PASSWORD
        ).email
    with serving(live_server.app) as server:
        context = browser.new_context(base_url=f"http://localhost:{server.port}", viewport=PHONE)
        page = context.new_page()
        sign_in(page, email)
        page.goto(address.replace("/host/", "/school/").replace("/register", "/"))
        page.get_by_role("link", name="Coach list").click()  # one press
        page.wait_for_selector(READY, state="attached")

    page.reload()

    assert "Severe nut allergy" in page.inner_text("main")
    assert "Fairplace Sans" in page.evaluate("getComputedStyle(document.body).fontFamily")
    context.close()


def test_a_phone_says_what_to_do_with_marks_that_cannot_be_sent_now(
    browser: Any, live_server: Server, arrivals: Any
) -> None:
    with live_server.app.app_context():
        email, address = prepare(2)
    context = browser.new_context(base_url=live_server.url, viewport=PHONE)
    page = context.new_page()
    sign_in(page, email)
    page.goto(address)
    page.wait_for_selector(READY, state="attached")

    context.clear_cookies()
    press(page, 0, "late")
    page.get_by_text("1 mark waits on this phone. Sign in again").wait_for()
    sign_in(page, email)
    page.goto(address)
    page.get_by_text("All sent").wait_for()
    assert arrivals() == [Arrival.LATE]

    with live_server.app.app_context(), transaction():
        db.session.execute(delete(RoleGrant).where(RoleGrant.role == Role.HOST))
    press(page, 1, "not_here")
    page.get_by_text("You can no longer take this register. 1 mark waits").wait_for()
    assert "Pupil1 Pupil: Not here" in page.locator("[data-not-taken]").inner_text()
    assert len(page.evaluate(KEPT_NAMES)) > 1

    page.goto("/")
    page.get_by_text("Menu").click()
    page.get_by_role("button", name="Sign out").click()
    page.get_by_text("Menu").click()
    page.get_by_role("link", name="Sign in", exact=True).wait_for()
    names = page.evaluate(KEPT_NAMES)
    assert [name.partition(":")[0] for name in names] == ["tap"]
    context.close()


def test_500_marks_of_five_phones_without_signal_are_merged_and_none_is_lost(
    browser: Any, live_server: Server
) -> None:
    pupils = 20
    with live_server.app.app_context():
        email, address = prepare(pupils)
    phones = []
    for _ in range(PHONES):
        context = browser.new_context(base_url=live_server.url, viewport=PHONE)
        page = context.new_page()
        sign_in(page, email)
        page.goto(address)
        page.wait_for_selector(READY, state="attached")
        context.set_offline(True)
        phones.append((context, page))
    buttons = ["arrived", "late", "not_here", "absent_reported", "left_early"]
    assert pupils * len(buttons) * PHONES == MARKS

    for turn, (_, page) in enumerate(phones):
        order = buttons[turn:] + buttons[:turn]
        page.evaluate(PRESS_ALL, order)
        page.get_by_text("No signal: 100 marks wait on this phone.").wait_for()
    for context, _ in reversed(phones):
        context.set_offline(False)
    for _, page in phones:
        page.get_by_text("All sent").wait_for()

    with live_server.app.app_context():
        taps = db.session.scalars(select(RegisterTap)).all()
        assert (len(taps), len({tap.key for tap in taps})) == (MARKS, MARKS)
        for mark in db.session.scalars(select(RegisterMark)):
            own = [t for t in taps if t.booking_id == mark.booking_id and t.aspect == "arrival"]
            assert mark.arrival == max(own, key=lambda tap: (tap.tapped_at, tap.key)).mark
        assert db.session.scalar(select(func.count(RegisterMark.id))) == pupils
        assert db.session.scalar(select(func.count(Booking.id))) == pupils
    for context, _ in phones:
        context.close()
