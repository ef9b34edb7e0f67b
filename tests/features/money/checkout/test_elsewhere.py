"""Refunds made at the processor itself, and messages that were sent but never arrived."""

from sqlalchemy import select

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.payment_states import FundingStatus, PaymentState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.clearing import service as clearing
from booking.money.payments.models import Payment, PaymentLine, Refund, WebhookEvent
from tests.builders import checkout
from tests.builders.stored import count, fee_status, mails, refunds, the_only
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import reconcile, send, total

CLEARING, BANK = "assets:card-clearing", "assets:bank"


class TestElsewhere:
    """Refunds made in Stripe's dashboard."""

    def test_a_refund_made_elsewhere_is_taken_in_from_its_message(
        self, processor, stripe_app, paid
    ):
        family, payment = paid
        processor.make_refund(processor.sessions[payment.session_id], amount=250)

        texts = [send(stripe_app, processor.books.events[-1]) for _ in range(2)]

        assert texts == ["returned", "repeated"]
        assert refunds() == [(250, "succeeded", "")]
        assert the_only(Payment).state is PaymentState.PART_REFUNDED
        assert fee_status(family) is FundingStatus.PARTLY
        assert db.session.get_one(Booking, family.booking.id).state is BookingState.CONFIRMED
        assert processor_days.agrees()
        (told,) = mails("refund_sent")
        assert "£2.50" in told.text

    def test_a_charge_that_was_refunded_there_is_taken_in(self, processor, stripe_app, paid):
        _, payment = paid
        session = processor.sessions[payment.session_id]
        processor.make_refund(session, amount=600)
        charge = session["_intent"]["latest_charge"]
        event = processor.books.tell(
            "charge.refunded", {**charge, "payment_intent": session["_intent"]["id"]}
        )

        assert send(stripe_app, event) == "returned"
        assert refunds() == [(600, "succeeded", "")]

    def test_a_message_that_never_came_is_found_by_the_sweep(self, processor, paid):
        _, payment = paid
        processor.make_refund(processor.sessions[payment.session_id], amount=250)

        first, second = clearing.hear_missed(clock.now()), clearing.hear_missed(clock.now())

        assert (first, second) == (2, 0)
        assert refunds() == [(250, "succeeded", "")]

    def test_a_refund_nobody_told_of_is_found_by_its_payout(self, processor, paid):
        _, payment = paid
        processor.make_refund(processor.sessions[payment.session_id], amount=250)
        processor.books.events.clear()
        processor.books.pay_out()

        reconcile()

        assert refunds() == [(250, "succeeded", "")]
        assert total(BANK) == 565 - 250
        assert processor_days.problems() == []

    def test_a_refund_that_failed_elsewhere_puts_the_money_back(self, processor, stripe_app, paid):
        _, payment = paid
        refund = processor.make_refund(processor.sessions[payment.session_id], amount=250)
        send(stripe_app, processor.books.events[-1])
        processor.books.came_back(refund)

        send(stripe_app, processor.books.events[-1])

        assert refunds() == [(250, "failed", "")]
        assert processor_days.agrees()

    def test_a_wish_that_somebody_fulfilled_there_is_withdrawn(
        self, processor, stripe_app, cancelled
    ):
        processor.make_refund(processor.sessions[the_only(Payment).session_id], amount=600)
        send(stripe_app, processor.books.events[-1])

        assert service.execute_refunds(checkout.after_choice()) == 0
        assert refunds() == [(600, "cancelled", ""), (600, "succeeded", "")]
        assert len(processor.refunds) == 1
        assert processor_days.agrees()

    def test_a_wish_that_was_fulfilled_in_part_goes_on_for_the_rest(
        self, processor, stripe_app, paid
    ):
        family, payment = paid
        ended = db.session.get_one(Booking, family.booking.id)
        with transaction():
            places.withdraw(actor=COMMAND, now=clock.now(), booking=ended)
        processor.make_refund(processor.sessions[payment.session_id], amount=250)

        send(stripe_app, processor.books.events[-1])
        service.execute_refunds(clock.now())

        assert sorted(refunds()) == [
            (250, "succeeded", ""),
            (350, "succeeded", ""),
            (600, "cancelled", ""),
        ]
        assert the_only(Payment).state is PaymentState.REFUNDED
        assert processor_days.agrees()

    def test_a_lost_answer_of_ours_is_not_taken_for_somebody_elses(
        self, processor, stripe_app, paid
    ):
        with transaction():
            line = db.session.scalars(select(PaymentLine)).one()
            service.refund(
                actor=COMMAND, now=clock.now(), line=line, reason="Asked", amount_pence=100
            )
        reference = the_only(Refund).public_id
        session = processor.sessions[the_only(Payment).session_id]
        processor.make_refund(session, amount=100, metadata={"refund": reference})
        send(stripe_app, processor.books.events[-1])

        assert refunds() == [(100, "succeeded", "")]

    def test_a_refund_of_somebody_elses_money_is_let_pass(self, processor, stripe_app, paid):
        _, payment = paid
        processor.make_refund(processor.sessions[payment.session_id], amount=250)
        processor.books.refunds[-1]["payment_intent"] = "pi_other"

        assert send(stripe_app, processor.books.events[-1]) == "not_ours"
        assert refunds() == []


class TestMissedMessages:
    """Messages that were sent but never arrived."""

    def test_what_was_heard_is_not_heard_again(self, processor, stripe_app, paid):
        send(stripe_app, processor.books.events[0])

        assert clearing.hear_missed(clock.now()) == 0
        assert count(WebhookEvent) == 1

    def test_a_processor_that_falls_silent_loses_no_message(self, processor, paid):
        _, payment = paid
        for amount in (100, 150):
            processor.make_refund(processor.sessions[payment.session_id], amount=amount)
        processor.silent_after = len(processor.calls) + 3

        heard = clearing.hear_missed(clock.now())
        processor.silent_after = None

        assert heard < 3
        clearing.hear_missed(clock.now())
        assert sorted(refunds()) == [(100, "succeeded", ""), (150, "succeeded", "")]

    def test_only_our_own_types_are_asked_for_since_the_last_seen(self, processor, paid):
        clearing.hear_missed(clock.now())
        processor.calls.clear()

        clearing.hear_missed(clock.now())

        (call,) = processor.calls
        since = call.params["created"]["gte"]
        newest = processor.books.events[-1]["created"]
        assert 0 <= newest - since <= 601
        assert "customer.created" not in call.params["types"]
        assert "payout.failed" in call.params["types"]

    def test_a_message_that_cannot_be_followed_is_listed_and_stops_no_other(
        self, processor, paid, monkeypatch
    ):
        from booking.money.clearing.service import disputing

        _, payment = paid
        found = processor.books.complain(processor.sessions[payment.session_id])
        processor.make_refund(processor.sessions[payment.session_id], amount=100)

        def stumble(*_args, **_kwargs):
            raise KeyError("a field that Stripe has dropped")

        with monkeypatch.context() as broken:
            broken.setattr(disputing, "look", stumble)
            clearing.hear_missed(clock.now())

        (problem,) = processor_days.problems()
        assert found["id"] in problem
        assert "could not be taken into the books" in problem
        assert refunds() == [(100, "succeeded", "")]
