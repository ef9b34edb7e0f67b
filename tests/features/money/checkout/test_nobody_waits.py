"""Stripe hangs: nobody waits for it, nobody else's page waits either, and pressing again heals."""

import time
from functools import partial

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.foundation import breaker, clock
from booking.foundation.db import db
from booking.money.checkout import service
from booking.money.clearing import service as clearing
from booking.money.payments import gateway
from booking.money.payments.models import Payment
from booking.money.payments.stripe_adapter import punctual as stripe_punctual
from tests.builders import checkout
from tests.features.money.checkout import processor_days
from tests.page import text
from tests.races.together import together

#: How long the site lets people wait here, and how long a loaded machine may take for the rest.
BUDGET_S, MARGIN_S = 0.3, 4.0
PARENTS = 8


@pytest.fixture
def families(processor, stripe_app):
    """Provide parents who have answered and have a charge to pay."""
    event = checkout.make_fee_event(FeeKind.CHARGE, places=60)
    made = [checkout.make_family(event, parent_email=f"p{n}@p.example") for n in range(PARENTS)]
    for family in made:
        checkout.answer(family)
    db.session.rollback()
    return made


@pytest.fixture
def press(stripe_app, families):
    """Give a way to press "Pay" as one of the parents; it returns the answer and its seconds."""
    browsers = [stripe_app.test_client() for _ in families]

    def pressing(number):
        began = time.monotonic()
        answer = browsers[number].post(f"{families[number].url}/charge")
        return answer, time.monotonic() - began

    return pressing


def payments():
    db.session.rollback()
    return db.session.scalars(select(Payment).order_by(Payment.id)).all()


def hangs(app, processor):
    """Let Stripe hang from now on, and people wait for it no longer than our tests can."""
    app.config["PROCESSOR_SECONDS"] = BUDGET_S
    processor.hangs = True


def goes_on(app, processor):
    """Let Stripe answer again, also those who have long given up."""
    app.config["PROCESSOR_SECONDS"] = 30
    processor.hangs = False
    processor.goes_on.set()


def falls_silent(app, processor):
    """Let Stripe hang until it is left alone."""
    hangs(app, processor)
    for _ in range(breaker.SILENCES_MAX):
        with gateway.somebody_waits(), pytest.raises(gateway.GatewayUnavailable):
            gateway.current().session("cs_test_of_nobody")


def later(time_machine, wait=breaker.REST):
    time_machine.move_to(clock.now() + wait)


def test_eight_parents_at_once_hear_in_time_and_then_everybody_hears_at_once(
    stripe_app, processor, press, client
):
    hangs(stripe_app, processor)

    found = together(stripe_app, [partial(press, number) for number in range(PARENTS)])

    assert [answer.status_code for answer, _ in found] == [503] * PARENTS
    assert max(seconds for _, seconds in found) < BUDGET_S + MARGIN_S
    falls_silent(stripe_app, processor)  # a slow machine may not have let all of them call
    calls = len(processor.calls)
    began = time.monotonic()
    again, _ = press(0)
    assert client.get("/").status_code == 200
    assert time.monotonic() - began < MARGIN_S
    assert again.status_code == 503
    assert len(processor.calls) == calls


def test_the_page_says_that_nothing_was_taken_and_when_to_try_again(stripe_app, processor, press):
    hangs(stripe_app, processor)

    answer, _ = press(0)

    words = text(answer)
    assert "No money has been taken. Your answers have been saved." in words
    assert "Please try again in a minute" in words
    assert "The place is kept for" in words
    assert answer.headers["Retry-After"] == "60"


def test_pressing_again_once_stripe_answers_pays_the_same_payment(
    stripe_app, families, processor, press, time_machine
):
    hangs(stripe_app, processor)
    press(0)
    falls_silent(stripe_app, processor)
    press(1)  # it did not reach Stripe at all
    before = [payment.id for payment in payments()]
    goes_on(stripe_app, processor)
    assert press(0)[0].status_code == 503  # the rest is not over

    later(time_machine)
    pages = [press(number)[0].location.rpartition("/")[2] for number in range(2)]

    assert [payment.id for payment in payments()] == before
    assert len(set(pages)) == len(processor.sessions) == 2
    processor.pay(pages[0])
    service.settle(pages[0])
    booking = db.session.get_one(Booking, families[0].booking.id)
    assert booking.state is BookingState.CONFIRMED


@pytest.mark.slow
def test_after_the_rest_one_parent_finds_out_for_all(stripe_app, processor, press, time_machine):
    falls_silent(stripe_app, processor)
    later(time_machine)
    stripe_app.config["PROCESSOR_SECONDS"] = 1
    calls = len(processor.calls)

    together(stripe_app, [partial(press, number) for number in range(PARENTS)])

    assert len(processor.calls) == calls + 1


def test_all_calls_for_one_page_share_one_budget(stripe_app, processor, press):
    """The parent has an open page already: that is asked about first."""
    first, _ = press(0)
    assert first.status_code == 303
    hangs(stripe_app, processor)

    answer, seconds = press(0)

    assert answer.status_code == 503
    assert seconds < BUDGET_S + MARGIN_S
    assert [call.method for call in processor.calls] == ["POST", "GET"]


def test_coming_back_from_the_payment_page_is_not_held_up(families, processor, press, stripe_app):
    session_id = press(0)[0].location.rpartition("/")[2]
    processor.pay(session_id)
    hangs(stripe_app, processor)
    began = time.monotonic()

    page = stripe_app.test_client().get(f"{families[0].url}/paid")

    assert page.status_code == 200
    assert "Please do not pay again" in text(page)
    assert time.monotonic() - began < BUDGET_S + MARGIN_S


def test_a_message_is_not_taken_in_and_comes_again(stripe_app, processor, press, time_machine):
    session_id = press(0)[0].location.rpartition("/")[2]
    processor.pay(session_id)
    falls_silent(stripe_app, processor)
    calls = len(processor.calls)

    message = processor.books.events[-1]

    refused = processor_days.send(stripe_app, message)
    asked = len(processor.calls) - calls
    goes_on(stripe_app, processor)
    later(time_machine)
    heard = processor_days.send(stripe_app, message)

    assert (refused, asked, heard) == ("try again", 0, "paid")


def test_the_sweeps_stop_after_three_silences_and_come_again(
    stripe_app, processor, press, time_machine, monkeypatch
):
    for number in range(5):
        processor.pay(press(number)[0].location.rpartition("/")[2])
    later(time_machine, 2 * breaker.REST)
    hangs(stripe_app, processor)
    calls = len(processor.calls)

    with monkeypatch.context() as patience:
        patience.setattr(stripe_punctual, "TRY_S", 0.1)
        patience.setattr(stripe_punctual.PunctualClient, "_should_retry", lambda *_: False)
        stopped = service.settle_open(clock.now())
        assert service.execute_refunds(clock.now()) == 0
        with pytest.raises(gateway.GatewayResting):
            clearing.hear_missed(clock.now())

    assert (stopped.looked_at, stopped.unanswered, stopped.paid) == (3, 3, 0)
    assert len(processor.calls) == calls + 3
    goes_on(stripe_app, processor)
    later(time_machine)
    assert service.settle_open(clock.now()).paid == 5
