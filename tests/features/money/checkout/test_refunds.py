"""Money on its way back: after a cancelled event, or given; failed, retried, made elsewhere."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.charging import FeeKind
from booking.domain.funds import Fund
from booking.domain.payment_states import FundingStatus, PaymentState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.models import Choice, RefundChoice
from booking.money.payments import service as payments
from booking.money.payments.models import Method, Payment, Refund
from tests.builders import checkout, events
from tests.builders.stored import count, fee_status, mails, refunds, the_only
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import ask_for_refund, reconcile, send, total

CLEARING, BANK = "assets:card-clearing", "assets:bank"


def choose(client, family, choice, **changes):
    data = {"choice": choice, "refund": the_only(Refund).public_id, **changes}
    return client.post(f"/parent/{family.token}/refund", data=data)


class TestChoice:
    """Money from a cancelled event: it goes back by itself or at once, or is given."""

    def test_the_money_waits_the_stated_time_and_then_goes_back_by_itself(
        self, processor, cancelled
    ):
        assert service.execute_refunds(clock.now()) == 0
        assert service.execute_refunds(clock.now() + timedelta(days=4)) == 0
        assert processor.refunds == {}

        assert service.execute_refunds(checkout.after_choice()) == 1

        assert [refund["amount"] for refund in processor.refunds.values()] == [600]
        assert the_only(Payment).state is PaymentState.REFUNDED
        assert total("income:grants") == 0

    def test_the_family_is_told_when_and_that_nobody_has_to_give(self, processor, cancelled):
        (told,) = mails("refund_choice")

        forename = cancelled.booking.pupil.forename
        said = (
            f"The £6.00 that you paid for {forename} will be returned to you automatically after "
        )
        assert said in told.text
        assert "There is no obligation to give" in told.text
        assert "every pupil is treated the same" in told.text
        assert "/refund" in told.text

    def test_the_page_says_the_same_with_two_equal_answers(self, processor, cancelled, client):
        page = client.get(f"/parent/{cancelled.token}/refund").text

        assert "£6.00 will be returned to you" in page
        assert "You do not need to do anything." in page
        assert page.count('class="btn btn-equal"') == 2
        assert "See when you will get your money back" in client.get(cancelled.url).text

    def test_the_choice_is_told_only_while_it_is_open(self, cancelled):
        [told] = mails("refund_choice")
        choice = db.session.scalars(select(RefundChoice)).one()
        assert told.keep_until == choice.ends_at

    def test_a_gift_goes_to_the_cpd_fund_and_nothing_goes_back(self, processor, cancelled, client):
        answer = choose(client, cancelled, "gift")

        assert answer.status_code == 303
        assert "Thank you for £6.00" in client.get(answer.location).text
        assert refunds() == [(600, "cancelled", "gift")]
        assert service.execute_refunds(checkout.after_choice()) == 0
        assert processor.refunds == {}
        assert processor_days.by_fund("income:grants") == {Fund.CPD: -600}
        assert processor_days.by_fund("income:charges") == {}
        assert fee_status(cancelled) is FundingStatus.RECEIVED

    def test_what_was_agreed_to_is_kept_with_who_and_when(self, processor, cancelled, client):
        choose(client, cancelled, "gift")

        row = db.session.scalars(select(RefundChoice)).one()
        assert row.choice is Choice.GIFT
        assert row.chosen_by_id == cancelled.parent.id
        assert row.chosen_at is not None
        assert len(row.wording_hash) == 64

    def test_a_gift_of_money_already_paid_out_moves_in_the_processor(self, processor, paid, client):
        processor.books.pay_out()
        reconcile()
        events.cancel_event(paid[0].booking.event)

        choose(client, paid[0], "gift")

        assert processor_days.by_fund(CLEARING) == {}
        assert processor_days.by_fund(BANK) == {Fund.ADMIN: -35, Fund.CPD: 600}

    def test_a_family_that_wants_it_now_gets_it_now(self, processor, cancelled, client):
        choose(client, cancelled, "refund")

        assert service.execute_refunds(clock.now()) == 1
        assert refunds() == [(600, "succeeded", "")]

    def test_the_same_button_twice_is_one_gift(self, processor, cancelled, client):
        for _ in range(2):
            choose(client, cancelled, "gift")

        assert total("income:grants") == -600

    def test_a_changed_mind_comes_too_late(self, processor, cancelled, client):
        choose(client, cancelled, "gift")

        answer = client.get(choose(client, cancelled, "refund").location)

        assert "This has already been decided" in answer.text
        assert refunds() == [(600, "cancelled", "gift")]

    def test_after_its_time_the_choice_is_over(self, processor, cancelled, client, time_machine):
        time_machine.move_to(checkout.after_choice())

        answer = client.get(choose(client, cancelled, "gift").location)

        assert "its time is over" in answer.text
        assert "It is on its way back to you." in answer.text
        assert refunds() == [(600, "requested", "")]

    @pytest.mark.parametrize("choice", ["", "keep"])
    def test_an_answer_that_is_none_changes_nothing(self, processor, cancelled, client, choice):
        answer = choose(client, cancelled, choice)

        assert answer.status_code == 422
        assert "Choose one of the two, or close this page" in answer.text
        assert refunds() == [(600, "requested", "")]

    def test_another_familys_money_is_not_there(self, processor, cancelled, client):
        event = checkout.make_fee_event(FeeKind.CHARGE)
        other = checkout.make_family(event, parent_email="other@parents.example", forename="Other")

        choose(client, other, "gift")

        assert refunds() == [(600, "requested", "")]
        page = client.get(f"/parent/{other.token}/refund").text
        assert "There is nothing for you to decide here." in page

    def test_a_family_without_an_address_gets_its_money_at_once(self, processor, paid):
        family, _ = paid
        with transaction() as unit:
            family.parent.email = ""
            unit.get_one(type(family.parent), family.parent.id).email = ""

        events.cancel_event(family.booking.event)

        assert service.execute_refunds(clock.now()) == 1

    def test_a_place_given_back_alone_offers_no_choice(self, processor, paid):
        family, _ = paid
        with transaction():
            booking = db.session.get_one(Booking, family.booking.id)
            service.decline(actor=COMMAND, now=clock.now(), booking=booking)

        assert count(RefundChoice) == 0
        assert service.execute_refunds(clock.now()) == 1

    def test_cash_may_be_given_too(self, processor, client):
        family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
        checkout.answer(family)
        with transaction():
            booking = db.session.get_one(Booking, family.booking.id)
            service.receive_money(
                actor=COMMAND,
                now=clock.now(),
                booking=booking,
                amount_pence=600,
                method=Method.CASH,
                reference="",
            )
        events.cancel_event(family.booking.event)

        choose(client, family, "gift")

        assert processor_days.by_fund("assets:cash") == {Fund.CPD: 600}


class TestFailed:
    """Refunds that the processor could not pay out."""

    @pytest.fixture
    def failed(self, processor, stripe_app, paid):
        ask_for_refund(100)
        (refund,) = processor.refunds.values()
        processor.books.came_back(refund)
        processor.sessions[paid[1].session_id]["_refunded"] = 0
        assert send(stripe_app, processor.books.events[-1]) == "returned"
        return paid[0]

    def test_the_money_is_ours_again_and_the_family_is_told(self, processor, failed):
        assert refunds() == [(100, "failed", "")]
        assert the_only(Payment).state is PaymentState.PAID
        assert total(CLEARING) == 565
        assert processor_days.agrees()
        (told,) = mails("refund_failed")
        assert "did not go through" in told.text
        assert "£1.00" in told.text

    def test_the_treasurer_sees_it_and_tries_again(self, processor, failed, treasurer):
        page = treasurer.get("/fund/refunds").text
        assert the_only(Refund).public_id in page
        assert "1 refund did not go through" in treasurer.get("/fund/").text

        answer = treasurer.post(f"/fund/refunds/{the_only(Refund).public_id}/try-again")
        service.execute_refunds(clock.now())

        assert answer.status_code == 303
        assert refunds() == [(100, "failed", ""), (100, "succeeded", "")]
        assert len(processor.refunds) == 2
        assert processor_days.agrees()
        assert "Did not go through" not in treasurer.get("/fund/refunds").text

    def test_it_may_be_handed_back_another_way(self, processor, failed, treasurer):
        url = f"/fund/refunds/{the_only(Refund).public_id}/hand-back"
        assert "Pay the money back first" in treasurer.get(url).text

        answer = treasurer.post(url, data={"by": "bank_transfer", "note": "BACS 1182"})

        assert answer.status_code == 303
        assert refunds() == [(100, "failed", ""), (100, "succeeded", "bank_transfer")]
        assert (total(CLEARING), total(BANK)) == (565, -100)
        assert len(processor.refunds) == 1
        assert service.execute_refunds(clock.now()) == 0
        (told,) = mails("refund_sent")[1:]
        assert "to your card" not in told.text

    @pytest.mark.parametrize(
        ("data", "words"),
        [
            ({"by": "", "note": "BACS 1182"}, "Choose how you paid it back."),
            ({"by": "gift", "note": "BACS 1182"}, "Choose how you paid it back."),
            ({"by": "cash", "note": ""}, "Enter a reference"),
        ],
    )
    def test_how_it_was_handed_back_has_to_be_said(self, processor, failed, treasurer, data, words):
        url = f"/fund/refunds/{the_only(Refund).public_id}/hand-back"

        answer = treasurer.post(url, data=data)

        assert answer.status_code == 422
        if data["by"] != "gift":
            assert words in answer.text
        assert refunds() == [(100, "failed", "")]

    def test_a_refund_is_tried_again_once(self, processor, failed):
        refund = the_only(Refund)
        with transaction():
            service.try_again(actor=COMMAND, now=clock.now(), refund=refund)
        ask_for_refund(500)

        with pytest.raises(payments.NothingToRefund), transaction():
            service.try_again(actor=COMMAND, now=clock.now(), refund=refund)

    def test_a_refund_that_went_out_is_not_tried_again(self, processor, paid, treasurer):
        ask_for_refund(100)

        answer = treasurer.post(f"/fund/refunds/{the_only(Refund).public_id}/try-again")

        assert answer.status_code == 404

    def test_a_refund_that_the_processor_refuses_is_told_and_listed(
        self, processor, paid, treasurer
    ):
        processor.sessions[the_only(Payment).session_id]["_refunded"] = 600
        ask_for_refund(100)

        assert refunds() == [(100, "failed", "")]
        assert len(mails("refund_failed")) == 1
        assert the_only(Refund).public_id in treasurer.get("/fund/refunds").text

    def test_a_pending_refund_is_looked_at_until_it_is_done(self, processor, paid):
        processor.refund_status = "pending"
        ask_for_refund(100)
        assert refunds() == [(100, "pending", "")]
        (refund,) = processor.refunds.values()
        refund["status"] = "succeeded"

        service.execute_refunds(clock.now())

        assert refunds() == [(100, "succeeded", "")]
        assert len(mails("refund_sent")) == 1


class TestProgress:
    """How far the money from a cancelled event has got."""

    def test_the_page_shows_how_far_and_names_no_family(self, processor, treasurer):
        event = checkout.make_fee_event(FeeKind.CHARGE, title="Puzzle day")
        families = [
            processor_days.paid_family(processor, event=event, number=n)[0] for n in range(3)
        ]
        events.cancel_event(event)
        with transaction():
            row = db.session.scalars(select(Refund).order_by(Refund.id)).first()
            service.choose(
                actor=COMMAND,
                now=clock.now(),
                refund=row,
                choice=Choice.GIFT,
                parent_id=families[0].parent.id,
            )

        page = treasurer.get("/fund/refunds").text

        assert "1 of 3 done" in page
        assert "2 waiting, 1 given to the CPD fund" in page
        assert "Pupil1" not in page

    def test_a_crash_on_the_way_is_taken_up_where_it_stopped(self, processor):
        event = checkout.make_fee_event(FeeKind.CHARGE)
        for number in range(4):
            processor_days.paid_family(processor, event=event, number=number)
        events.cancel_event(event)
        later = checkout.after_choice()
        processor.silent_after = len(processor.calls) + 2
        first = service.execute_refunds(later)
        processor.silent_after = None

        assert 0 < first < 4
        assert first + service.execute_refunds(later) == 4
        assert service.execute_refunds(later) == 0
        assert [refund["amount"] for refund in processor.refunds.values()] == [600] * 4
        assert processor_days.agrees()

    def test_the_page_asks_the_same_few_questions_for_one_event_and_for_many(
        self, processor, treasurer, count_queries
    ):
        for number in range(3):
            family, _ = processor_days.paid_family(processor, number=number)
            events.cancel_event(family.booking.event)
            if number == 0:
                treasurer.get("/fund/refunds")
                with count_queries() as one:
                    treasurer.get("/fund/refunds")
        with count_queries() as many:
            treasurer.get("/fund/refunds")

        assert len(many) == len(one)
