"""The short way to an event: how many things a host has to do, counted in Chromium."""

import sys
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from booking.domain.permissions import Role
from booking.foundation import clock
from tests import cast
from tests.builders import events, schools
from tests.conftest import Server

#: Typed fields, choices and presses, from "Write a new event" to the published page.
MOST = 20


class Host:
    """A host at a browser, who counts what they do."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.done = 0
        self.began = time.monotonic()

    def press(self, name: str) -> None:
        """Press a button or follow a link in the page's main part."""
        main = self.page.locator("main")
        main.get_by_role("button", name=name).or_(main.get_by_role("link", name=name)).click()
        self.done += 1

    def type(self, label: str, words: str) -> None:
        self.page.get_by_label(label, exact=True).fill(words)
        self.done += 1

    def choose(self, label: str, choice: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=choice)
        self.done += 1

    def seconds(self) -> float:
        return time.monotonic() - self.began

    def say(self, what: str, more: str = "") -> None:
        """Write down what it took, for `pytest -s`."""
        sys.stdout.write(f"{what}: {self.done} steps, {self.seconds():.1f} s {more}\n")


@pytest.fixture
def host(page: Any, live_server: Server) -> Callable[[], Host]:
    """Sign a host in, and return how to begin a count at their home page."""
    with live_server.app.app_context():
        schools.make_school(name="Guest School", low_year=0, high_year=6)
        school = schools.make_school(name="Host School", low_year=0, high_year=6)
        email = schools.make_person(role=Role.HOST, school=school).email
        a_year_ago = events.on_weekday(clock.now(), days=-300, at=events.DEADLINE_AT)
        events.make_event(
            host=school,
            title="Bridges",
            now=a_year_ago - timedelta(days=60),
            dates=[events.one_date(a_year_ago, hours=1)],
        )
    page.goto("/sign-in")
    page.fill("[name=email]", email)
    page.fill("[name=password]", cast.PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in").click()
    page.wait_for_selector("text=Sign out")

    def at_home() -> Host:
        page.goto("/host/")
        return Host(page)

    return at_home


def test_a_free_day_is_published_in_few_steps_with_deadlines_that_follow_its_date(
    host: Callable[[], Host], page: Any
) -> None:
    day = events.on_weekday(clock.now(), days=90, at=events.DEADLINE_AT)
    host_ = host()
    host_.press("Write a new event")
    naming = page.locator("[data-says=naming]")
    assert naming.inner_text().endswith("on a day that follows from the date")
    heights = []
    for width in (375, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        heights.append(page.evaluate("document.documentElement.scrollHeight"))

    host_.type("Title", "Puzzle day")
    host_.type("What pupils will do", "Teams solve puzzles against the clock.")
    host_.choose("Lowest year group", "Year 4")
    host_.choose("Highest year group", "Year 5")
    host_.type("Date", f"{day:%Y-%m-%d}")
    host_.type("Starts", "09:15")
    expect(naming).not_to_contain_text("follows")
    host_.type("Ends", "14:45")
    host_.type("Where", "Main hall")
    host_.type("Places", "30")
    proposed = page.locator("[name=naming_close_at]").input_value()
    assert f"{clock.now():%Y-%m-%d}" < proposed < f"{day - timedelta(days=6):%Y-%m-%d}"
    assert not page.get_by_label("Amount for each place").is_visible(), "nothing to pay"
    host_.press("Save and check")
    host_.press("Publish this event")
    page.wait_for_selector("text=has been published")

    host_.say("A new free day", f"heights {heights} px")
    assert host_.done <= MOST
    assert host_.seconds() < 90


def test_last_years_event_unchanged_is_published_in_three_presses(
    host: Callable[[], Host], page: Any
) -> None:
    host_ = host()
    host_.press("Like last year’s: Bridges")
    host_.press("Save and check")
    host_.press("Publish this event")
    page.wait_for_selector("text=has been published")

    host_.say("Last year's, unchanged")
    assert host_.done == 3
    assert host_.seconds() < 40
