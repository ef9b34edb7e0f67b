"""Refunds at the processor of money that is kept apart: in the books at once."""

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.funds import Fund
from booking.domain.payment_states import PaymentState
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.checkout import service
from booking.money.checkout.models import Explanation
from booking.upkeep import doctor
from tests.builders import checkout
from tests.builders.stored import refunds
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import payment_of, reconcile, send, total

PARKED, CLEARING, BANK = "assets:to-explain", "assets:card-clearing", "assets:bank"


@pytest.fixture
def parked(processor, charged):
    """The page on which £6.00 came under a name that we do not know."""
    session_id = checkout.begin(charged)
    processor.pay(session_id, client_reference_id="another")
    assert service.settle(session_id) is service.SettlementOutcome.PARKED
    return session_id


def give_back(processor, stripe_app, session_id, pence):
    processor.make_refund(processor.sessions[session_id], amount=pence)
    return [send(stripe_app, processor.books.events[-1]) for _ in range(2)]


def to_explain():
    """What is waiting: pence and reference, in the order in which it was found."""
    db.session.rollback()
    rows = db.session.scalars(
        select(Explanation).where(Explanation.resolved_at.is_(None)).order_by(Explanation.id)
    )
    return [(row.amount_pence, row.public_id) for row in rows]


def explain(client, public_id, resolution):
    data = {"resolution": resolution, "reason": "Spoke with the charged.", "reference": ""}
    return client.post(f"/fund/to-explain/{public_id}", data=data)


def sound():
    db.session.rollback()
    asked = filter(doctor.can_be_asked, doctor.checks())
    return [text for check in asked for text in check.problems()]


def test_what_goes_back_of_parked_money_is_in_the_books_at_once(processor, stripe_app, parked):
    assert give_back(processor, stripe_app, parked, 100) == ["returned", "repeated"]

    assert (total(CLEARING), total(PARKED)) == (500, -500)
    assert [pence for pence, _ in to_explain()] == [600, -100]
    assert refunds() == []
    assert payment_of(parked).state is PaymentState.TO_EXPLAIN


def test_its_payout_finds_it_there(processor, stripe_app, parked):
    give_back(processor, stripe_app, parked, 100)
    processor.books.pay_out()

    reconcile()

    assert (total(CLEARING), total(BANK)) == (0, 600 - 35 - 100)
    assert processor_days.agrees()
    assert sound() == []


def test_without_a_message_its_payout_brings_it(processor, stripe_app, parked):
    processor.make_refund(processor.sessions[parked], amount=100)
    processor.books.events.clear()
    processor.books.pay_out()

    reconcile()

    assert [pence for pence, _ in to_explain()] == [600, -100]
    assert processor_days.agrees()


@pytest.mark.parametrize("paid_out", ["never", "before", "after"])
def test_attached_money_counts_without_what_went_back(
    processor, stripe_app, parked, treasurer, charged, paid_out
):
    give_back(processor, stripe_app, parked, 100)
    if paid_out == "before":
        processor.books.pay_out()
        reconcile()

    assert explain(treasurer, to_explain()[0][1], "attached").status_code == 303
    if paid_out == "after":
        processor.books.pay_out()
        reconcile()

    assert to_explain() == []
    assert refunds() == [(100, "succeeded", "")]
    assert total(PARKED) == 0
    assert service.amount_due(db.session.get_one(Booking, charged.booking.id)) == 100
    assert total(CLEARING) == (500 if paid_out == "never" else 0)
    assert paid_out == "never" or processor_days.agrees()
    assert sound() == []


def test_given_back_only_the_rest_goes(processor, stripe_app, parked, treasurer):
    give_back(processor, stripe_app, parked, 100)

    explain(treasurer, to_explain()[0][1], "refunded")
    service.execute_refunds(clock.now())

    assert sorted(refund["amount"] for refund in processor.refunds.values()) == [100, 500]
    assert payment_of(parked).state is PaymentState.REFUNDED
    assert (total(CLEARING), total(PARKED)) == (0, 0)


def test_noted_money_takes_its_refund_along(processor, stripe_app, parked, treasurer):
    give_back(processor, stripe_app, parked, 100)
    (_, payment), (_, refund) = to_explain()

    refused = explain(treasurer, refund, "noted")
    assert refused.status_code == 422
    assert "Explain the payment that it is a refund of" in refused.text
    assert explain(treasurer, payment, "noted").status_code == 303

    assert to_explain() == []
    assert total(PARKED) == 0
    assert processor_days.by_fund(CLEARING) == {Fund.ADMIN: 500}


def test_money_that_was_noted_may_go_back_afterwards(processor, stripe_app, parked, treasurer):
    explain(treasurer, to_explain()[0][1], "noted")

    give_back(processor, stripe_app, parked, 100)
    assert total(CLEARING) == 500
    ((pence, refund),) = to_explain()

    assert explain(treasurer, refund, "noted").status_code == 303
    assert (pence, total(PARKED)) == (-100, 0)


def test_a_refund_that_fails_later_is_kept_apart_again(processor, stripe_app, parked):
    refund = processor.make_refund(processor.sessions[parked], amount=100)
    send(stripe_app, processor.books.events[-1])
    processor.books.came_back(refund)
    send(stripe_app, processor.books.events[-1])

    assert (total(CLEARING), total(PARKED)) == (600, -600)
    assert [pence for pence, _ in to_explain()] == [600]
    processor.books.pay_out()
    reconcile()
    assert processor_days.agrees()
    assert sound() == []
