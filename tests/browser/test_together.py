"""The button that pays for several children says what the ticked boxes come to."""

from typing import Any

from booking.domain.charging import FeeKind
from tests.builders import checkout, schools
from tests.conftest import Server


def test_the_button_says_the_total_and_follows_the_ticks(page: Any, live_server: Server) -> None:
    with live_server.app.app_context():
        school = schools.make_school()
        event = checkout.make_fee_event(FeeKind.CHARGE)
        ada, ben = (
            checkout.make_family(event, school=school, forename=name) for name in ("Ada", "Ben")
        )
        for family in (ada, ben):
            checkout.answer(family)
    page.goto(f"{ada.url}/together")
    button = page.locator("button[data-pence]")
    assert button.inner_text() == "Pay £12.00 by card"

    page.locator("label[for=charges-0]").click()
    assert button.inner_text() == "Pay £6.00 by card"

    page.locator("label[for=charges-1]").click()
    assert button.inner_text() == "Pay by card"
