"""The family's reply on a phone: how many pages and taps it takes, with and without a script."""

from typing import Any

import pytest

from booking.domain.charging import FeeKind
from tests.builders import checkout
from tests.conftest import Server

PHONE = {"width": 375, "height": 667}


class Phone:
    """A parent's phone, which counts the pages that it shows and what is pressed."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.taps = self.pages = self.pixels = self.words = 0

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.taps += 1  # the button in the mail
        self.look()

    def look(self) -> None:
        self.pages += 1
        self.pixels += self.page.evaluate("document.documentElement.scrollHeight")
        self.words += len(self.page.inner_text("main").split())

    def tap(self, role: str, name: str, *, leaves: bool = True) -> None:
        self.page.get_by_role(role, name=name).first.click()
        self.taps += 1
        if leaves:
            self.page.wait_for_load_state()
            self.look()

    def open_line(self, name: str) -> None:
        self.page.locator("summary", has_text=name).click()
        self.taps += 1

    @property
    def screens(self) -> float:
        return self.pixels / PHONE["height"]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def phone(request, browser, live_server: Server):
    with browser.new_context(
        base_url=live_server.url, viewport=PHONE, java_script_enabled=request.param
    ) as context:
        yield Phone(context.new_page())


def family_url(server: Server, kind: FeeKind) -> str:
    with server.app.app_context():
        return checkout.make_family(checkout.make_fee_event(kind)).url


def test_yes_with_nothing_to_tell_takes_four_taps_and_two_pages(
    phone, live_server, record_property
):
    phone.open(family_url(live_server, FeeKind.VOLUNTARY_CONTRIBUTION))
    yes = phone.page.get_by_role("link", name="Yes, Ada can come").bounding_box()

    phone.tap("link", "Yes, Ada can come", leaves=False)
    phone.tap("button", "I agree: Ada takes part")

    phone.page.get_by_role("button", name="Contribute £6.00").click()
    phone.taps += 1
    phone.page.wait_for_url("**/demo-processor/**")

    assert phone.taps == 4
    assert phone.pages == 2
    assert yes["y"] + yes["height"] < PHONE["height"], "yes and no stand on the first screen"
    assert phone.words < 450
    record_property(
        "asserted",
        f"reply: {phone.taps} taps, {phone.pages} pages, {phone.screens:.1f} screens, "
        f"{phone.words} words, yes at {yes['y']:.0f} px",
    )


def test_yes_with_an_allergy_takes_five_taps_and_one_text(phone, live_server):
    phone.open(family_url(live_server, FeeKind.FREE))
    phone.tap("link", "Yes, Ada can come", leaves=False)
    phone.open_line("Something to tell about health, food or access")
    phone.page.get_by_label("Is there anything that could become an emergency?").fill("Peanuts")
    phone.taps += 1
    phone.tap("button", "I agree: Ada takes part")

    assert phone.taps == 5
    assert phone.pages == 2
    assert "Ada has a place" in phone.page.inner_text("h1")
    assert "Peanuts" not in phone.page.inner_text("main")


def test_a_charge_is_one_more_tap_and_says_what_it_is(phone, live_server):
    phone.open(family_url(live_server, FeeKind.CHARGE))
    phone.tap("link", "Yes, Ada can come", leaves=False)
    phone.tap("button", "I agree: Ada takes part")
    phone.page.get_by_role("button", name="Pay £6.00").click()
    phone.page.wait_for_url("**/demo-processor/**")

    assert phone.pages == 2
