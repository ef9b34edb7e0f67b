"""Declined, walked away, a second tab, the back button, a closed laptop: whatever a parent does,
the page says what happened, whether money was taken, and what to do next.
"""

from datetime import timedelta

import pytest

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.checkout import service
from booking.money.payments.models import Payment
from tests.builders import checkout
from tests.builders import places as seats
from tests.builders.stored import mails
from tests.page import soup, words


class Family:
    """One parent at a browser with a charge of £6.00; the test plays the card processor."""

    def __init__(self, app, processor) -> None:
        self.app, self.processor, self.browser = app, processor, app.test_client()
        self.event = checkout.make_fee_event(FeeKind.CHARGE, places=1)
        self.link = checkout.make_family(self.event)
        checkout.answer(self.link)
        db.session.rollback()

    def press_pay(self):
        """Press the button; return the processor's page."""
        location = self.browser.post(f"{self.link.url}/charge").location
        return location.rpartition("/")[2]

    def back(self):
        """Come back from the processor as it sends people back."""
        reference = db.session.query(Payment.public_id).order_by(Payment.id.desc()).first()[0]
        db.session.rollback()
        return self.look(f"/paid/{reference}")

    def look(self, path=""):
        """Open a page; return its words and where its buttons lead."""
        path = path if path.startswith("/paid/") else self.link.url + path
        page = soup(self.browser.get(path, follow_redirects=True))
        leads = {words(a): a["href"] for a in page.select(".actions a, main p a")}
        buttons = {words(button) for button in page.select("main button")}
        return words(page.main), leads, buttons

    @property
    def state(self):
        """Return the state of the place."""
        db.session.rollback()
        return db.session.get_one(Booking, self.link.booking.id).state

    def lapse(self, *, gone=False):
        """Let the time to reply pass; `gone` gives the place to another pupil."""
        seats.let_lapse(self.link.booking)
        if gone:
            checkout.make_family(self.event, parent_email="next@p.example", forename="Next")


@pytest.fixture
def family(stripe_app, stripe):
    with stripe_app.app_context():
        yield Family(stripe_app, stripe)
        db.session.rollback()


def test_a_declined_card(family):
    family.processor.decline(family.press_pay())

    text, leads, _ = family.back()

    assert "The card was declined" in text
    assert "No money was taken" in text
    assert leads["Try again"] == f"{family.link.url}/charge"
    assert family.state is BookingState.INVITED


def test_walked_away_from_the_processors_page(family):
    family.press_pay()

    text, leads, _ = family.look()
    assert "You have visited the card payment page." in text
    text, leads, _ = family.look("/paid")

    assert "The payment was not finished" in text
    assert "Nothing has left your account." in text
    assert leads["Try again"] == f"{family.link.url}/charge"


def test_the_page_ran_out_while_nobody_looked(family):
    session_id = family.press_pay()
    family.processor.sessions[session_id].update(status="expired", url=None)

    text, leads, _ = family.back()

    assert "Nothing has left your account." in text
    assert leads["Try again"] == f"{family.link.url}/charge"
    assert family.press_pay() != session_id


def test_a_second_tab_opens_the_same_page_and_learns_of_the_first_ones_payment(family):
    session_id = family.press_pay()
    assert family.press_pay() == session_id
    family.processor.pay(session_id)

    answer = family.browser.post(f"{family.link.url}/charge")

    assert answer.location == f"{family.link.url}/paid"
    text, _, _ = family.look("/paid")
    assert "£6.00 was received" in text
    assert "place is confirmed" in text
    assert len(family.processor.sessions) == 1


def test_the_back_button_leads_to_the_same_open_page(family):
    session_id = family.press_pay()

    text, _, buttons = family.look("/charge")

    assert "Pay £6.00" in buttons
    assert "the charge for it is £6.00" in text
    assert family.press_pay() == session_id


def test_the_back_button_after_paying_never_asks_again(family):
    family.processor.pay(family.press_pay())
    family.back()

    text, _, buttons = family.look("/charge")

    assert "There is nothing more to pay." in text
    assert not any("Pay" in button for button in buttons)


def test_a_closed_laptop(family):
    family.processor.pay(family.press_pay())

    service.settle_open(clock.now())

    text, _, _ = family.look()
    assert "Ada has a place" in text
    assert "There is nothing more to pay." in text
    (receipt,) = mails("receipt")
    assert "£6.00" in receipt.text


def test_a_processor_that_takes_its_time(family):
    family.processor.pay(family.press_pay(), delayed=True)

    text, leads, _ = family.back()

    assert "Your payment is being confirmed" in text
    assert "Please do not pay again" in text
    assert leads["Check again"] == f"{family.link.url}/paid"
    assert family.browser.post(f"{family.link.url}/charge").location == f"{family.link.url}/paid"


def test_slow_money_that_came_to_nothing(family):
    session_id = family.press_pay()
    family.processor.pay(session_id, delayed=True)
    family.processor.sessions[session_id]["_intent"]["status"] = "requires_payment_method"

    text, leads, _ = family.back()

    assert "No money was taken" in text
    assert leads["Try again"] == f"{family.link.url}/charge"


def test_a_processor_that_does_not_answer_on_the_way_back(family):
    family.processor.pay(family.press_pay())
    family.processor.faults[:] = [429]

    text, leads, _ = family.back()

    assert "Please do not pay again" in text
    assert leads["Check again"] == f"{family.link.url}/paid"
    text, _, _ = family.look("/paid")
    assert "£6.00 was received" in text


def test_a_processor_that_cannot_be_reached_at_all(family):
    family.processor.faults[:] = [429]

    page = soup(family.browser.post(f"{family.link.url}/charge"))

    assert "The card payment page is not available at the moment" in words(page.main)
    assert "No money has been taken. Your answers have been saved." in words(page.main)
    assert page.select(".actions a")[0]["href"] == family.link.url


def test_money_that_came_after_the_place_had_gone(family):
    family.processor.pay(family.press_pay())
    family.lapse(gone=True)

    text, _, _ = family.back()

    assert "Your money is being returned to you" in text
    assert "£6.00 will go back to your card in full" in text
    assert "You do not need to do anything." in text


def test_money_that_came_late_while_the_place_was_free(family):
    family.processor.pay(family.press_pay())
    family.lapse()

    text, _, _ = family.back()

    assert "£6.00 was received" in text
    assert "place is confirmed" in text


def test_money_that_the_processor_reports_wrongly(family):
    family.processor.pay(family.press_pay(), amount_total=599)

    text, _, buttons = family.back()

    assert "We are looking at your payment" in text
    assert "Please do not pay again." in text
    assert buttons == set()


def test_the_time_to_pay_has_passed_and_nothing_was_taken(family):
    session_id = family.press_pay()
    family.lapse()
    service.settle_open(clock.now() + timedelta(minutes=5))

    assert family.processor.sessions[session_id]["status"] == "expired"
    text, _, _ = family.look()
    assert "The time to reply has passed" in text
    text, leads, buttons = family.look("/paid")
    assert "Nothing has left your account." in text
    assert "See everything about the day" in leads
    assert buttons == set()
