"""Thirty paper slips, typed in by keyboard alone: how many keys it takes, and how long."""

import time
from collections.abc import Callable
from typing import Any

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.money.checkout.models import Needs
from booking.people.pupils.details import ParentDetails
from tests import cast
from tests.builders import events, places, pupils, schools
from tests.conftest import Server

SLIPS = 30
#: The third family says no, and the tenth tells of an inhaler.
NO, TELLS, TOLD = 3, 10, "Inhaler in the bag"
#: What an untrained typist needs for a key, and for looking from one slip to the next.
KEY_SECONDS, SLIP_SECONDS = 0.3, 2.5


class Keyboard:
    """What is pressed, counted; there is no mouse."""

    def __init__(self, page: Any) -> None:
        self.page, self.keys = page, 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def write(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.keys += len(words)

    @property
    def at(self) -> str:
        """Return the name of what the keyboard is at, or its words."""
        focused = "document.activeElement.name || document.activeElement.textContent"
        return str(self.page.evaluate(focused))


def prepare() -> tuple[str, str, list[int]]:
    """Name thirty pupils whose parents have no e-mail; return the coordinator, event, bookings."""
    school = schools.make_school()
    person = schools.make_person(role=Role.COORDINATOR, school=school, password=cast.PASSWORD)
    event = events.make_event(places=SLIPS)
    places.allot(event, {school: SLIPS})
    bookings = []
    for number in range(1, SLIPS + 1):
        parent = ParentDetails(f"Parent {number}", "", f"07700 9001{number:02d}")
        pupil = pupils.make_pupil(
            school=school, forename="Ada", surname=f"Number{number:02d}", parents=[parent]
        )
        bookings.append(places.name(event, school, pupil).id)
    return person.email, event.slug, bookings


def test_thirty_slips_are_typed_in_by_keyboard_within_three_minutes(
    page: Any, live_server: Server, record_property: Callable[[str, object], None]
) -> None:
    with live_server.app.app_context():
        email, slug, bookings = prepare()
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_selector("text=Sign out")

    began = time.perf_counter()
    page.goto(f"/school/events/{slug}/paper-replies")
    hands = Keyboard(page)
    while not hands.at.endswith("-agreed"):
        hands.press("Tab")
    for number in range(1, SLIPS + 1):
        hands.press("n" if number == NO else "y")
        hands.press("Tab", 2)  # over who signed, which is filled in
        if number == TELLS:
            hands.press("Space")
            hands.press("Tab")
            hands.write(TOLD)
            while not hands.at.endswith("-agreed"):
                hands.press("Tab")
        else:
            hands.press("Tab")
    assert hands.at == "Record the replies"
    hands.press("Enter")
    page.wait_for_selector("text=30 paper replies have been recorded.")
    seconds = time.perf_counter() - began

    by_hand = hands.keys * KEY_SECONDS + SLIPS * SLIP_SECONDS + seconds
    found = f"{SLIPS} slips in {hands.keys} keys, {seconds:.1f} s; by hand {by_hand:.0f} s"
    record_property("asserted", found)
    assert hands.keys <= 6 * SLIPS
    assert by_hand <= 180
    with live_server.app.app_context():
        states = [db.session.get_one(Booking, each).state for each in bookings]
        assert states.count(BookingState.CONFIRMED) == SLIPS - 1
        assert states[NO - 1] is BookingState.DECLINED
        assert db.session.get_one(Needs, bookings[TELLS - 1]).health == TOLD
