"""Disputes: the money leaves at once, nothing goes back meanwhile, and the place stays."""

from datetime import timedelta
from email.utils import parseaddr

import pytest

from booking.domain.booking_states import BookingState
from booking.domain.funds import Fund
from booking.domain.payment_states import FundingStatus, PaymentState
from booking.domain.permissions import Role
from booking.domain.processor_states import DisputeState
from booking.foundation import clock
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.payments import service as payments
from booking.money.payments.models import Dispute, WebhookEvent
from tests.builders import checkout, events, schools
from tests.builders.stored import again, count, fee_status, mails, state, the_only
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import reconcile, request_refund, send, total

CLEARING, FEES = "assets:card-clearing", "expenses:card-fees"


@pytest.fixture
def paid(processor):
    schools.make_person(name="Tom Treasurer", email="tom@network.example", role=Role.TREASURER)
    family, payment = processor_days.paid_family(processor)
    school = family.booking.school
    schools.make_person(
        name="Cora Coordinator", email="cora@school.example", role=Role.COORDINATOR, school=school
    )
    return family, payment


def complain(processor, payment, **facts):
    return processor.books.complain(processor.sessions[payment.session_id], **facts)


def test_a_dispute_is_posted_with_its_fee_and_the_place_stays(processor, stripe_app, paid):
    family, payment = paid
    complain(processor, payment)

    assert send(stripe_app, processor.books.events[-1]) == "heard"

    assert the_only(Dispute).state is DisputeState.NEEDS_ANSWER
    assert state(family) is BookingState.CONFIRMED
    assert fee_status(family) is FundingStatus.RECEIVED
    assert total(CLEARING) == -35 - 2000
    assert total(FEES) == 35 + 2000
    assert total("income:charges") == 0
    assert processor_days.agrees()
    assert processor_days.problems() == []


def test_the_offices_are_told_with_the_date_and_nobody_else_is(processor, stripe_app, paid):
    _, payment = paid
    found = complain(processor, payment)
    send(stripe_app, processor.books.events[-1])

    told = mails("dispute_opened")

    assert sorted(mail.recipient for mail in told) == ["cora@school.example", "tom@network.example"]
    assert {mail.recipient: parseaddr(mail.reply_to)[1] for mail in told} == {
        "cora@school.example": "tom@network.example",
        "tom@network.example": "cora@school.example",
    }
    for mail in told:
        assert "£6.00" in mail.subject
        assert "Pupil1" not in mail.subject + mail.text
        assert payment.public_id in mail.text
        assert found["id"] in mail.text
        assert "Send evidence by" in mail.text


def test_a_dispute_heard_again_and_in_any_order_counts_once(processor, stripe_app, paid):
    _, payment = paid
    complain(processor, payment)
    told = processor.books.events[-1]

    answers = [send(stripe_app, told) for _ in range(3)]
    send(stripe_app, {**told, "id": "evt_other", "type": "charge.dispute.funds_withdrawn"})

    assert answers == ["heard", "repeated", "repeated"]
    assert count(Dispute) == 1
    assert total(CLEARING) == -35 - 2000
    assert len(mails("dispute_opened")) == 2
    assert count(WebhookEvent) == 2


def test_nothing_is_refunded_while_the_processor_decides(processor, stripe_app, paid):
    _, payment = paid
    complain(processor, payment)
    send(stripe_app, processor.books.events[-1])

    with pytest.raises(payments.Disputed, match="cardholder’s bank has decided"):
        request_refund()

    assert processor.refunds == {}


def test_a_cancelled_event_waits_with_disputed_money(processor, stripe_app, paid):
    family, payment = paid
    complain(processor, payment)
    send(stripe_app, processor.books.events[-1])

    events.cancel_event(family.booking.event)
    assert service.execute_refunds(checkout.after_choice()) == 0

    assert processor.refunds == {}
    assert [r.state.value for r in again(payment).refunds] == ["requested"]


def test_a_dispute_that_is_won_brings_everything_back(processor, stripe_app, paid):
    family, payment = paid
    found = complain(processor, payment)
    send(stripe_app, processor.books.events[-1])
    processor.books.decide(found, "won")

    send(stripe_app, processor.books.events[-1])

    assert the_only(Dispute).state is DisputeState.WON
    assert the_only(Dispute).closed_at is not None
    assert again(payment).state is PaymentState.PAID
    assert fee_status(family) is FundingStatus.RECEIVED
    assert total("income:charges") == -600
    assert total(CLEARING) == 565 - 2000
    assert processor_days.agrees()
    assert processor_days.problems() == []
    (mail, _) = mails("dispute_closed")
    assert "The cardholder’s bank decided for the network" in mail.text


def test_a_fee_that_comes_back_with_a_win_is_booked_back(processor, stripe_app, paid):
    _, payment = paid
    found = complain(processor, payment)
    send(stripe_app, processor.books.events[-1])
    processor.books.decide(found, "won", fee=-2000)
    send(stripe_app, processor.books.events[-1])

    assert total(FEES) == 35
    assert total(CLEARING) == 565
    assert processor_days.problems() == []


def test_a_dispute_that_is_lost_counts_as_given_back_and_the_place_stays(
    processor, stripe_app, paid
):
    family, payment = paid
    found = complain(processor, payment)
    send(stripe_app, processor.books.events[-1])
    processor.books.decide(found, "lost")

    send(stripe_app, processor.books.events[-1])

    assert the_only(Dispute).state is DisputeState.LOST
    assert again(payment).state is PaymentState.REFUNDED
    assert fee_status(family) is FundingStatus.REFUNDED
    assert state(family) is BookingState.CONFIRMED
    assert total(CLEARING) == -35 - 2000
    assert mails("refund_sent") == []
    with pytest.raises(payments.NothingToRefund):
        request_refund()


def test_a_lost_dispute_ends_a_refund_that_waited(processor, stripe_app, paid):
    family, payment = paid
    found = complain(processor, payment)
    send(stripe_app, processor.books.events[-1])
    events.cancel_event(family.booking.event)
    processor.books.decide(found, "lost")
    send(stripe_app, processor.books.events[-1])

    assert service.execute_refunds(checkout.after_choice()) == 0

    assert processor.refunds == {}
    assert total(CLEARING) == -35 - 2000
    assert again(payment).refunded_pence == 600


def test_an_appeal_may_turn_a_lost_dispute_and_lose_it_again(processor, stripe_app, paid):
    family, payment = paid
    found = complain(processor, payment)
    for status in ("lost", "won"):
        processor.books.decide(found, status)
        send(stripe_app, processor.books.events[-1])
    assert again(payment).state is PaymentState.PAID
    assert fee_status(family) is FundingStatus.RECEIVED
    assert processor_days.agrees()

    processor.books.decide(found, "lost")
    send(stripe_app, processor.books.events[-1])

    assert again(payment).state is PaymentState.REFUNDED


def test_a_part_that_was_given_back_before_is_not_taken_twice(processor, stripe_app, paid):
    _, payment = paid
    request_refund(100)
    service.execute_refunds(clock.now())

    complain(processor, payment, amount=500)
    send(stripe_app, processor.books.events[-1])

    assert total("income:charges") == 0
    assert processor_days.agrees()
    assert processor_days.problems() == []


def test_more_than_our_books_have_is_parked(processor, stripe_app, paid):
    _, payment = paid
    complain(processor, payment, amount=700)
    send(stripe_app, processor.books.events[-1])

    (problem,) = processor_days.problems()
    assert problem.startswith("The card processor has -£27.00 after its fee")
    assert total("assets:to-explain") == 100
    assert processor_days.agrees()


def test_an_inquiry_takes_nothing_and_is_closed(processor, stripe_app, paid):
    _, payment = paid
    found = complain(processor, payment)
    found.update(status="warning_needs_response", balance_transactions=[])
    processor.books.rows.pop()
    send(stripe_app, processor.books.events[-1])
    found["status"] = "warning_closed"
    processor.books.tell("charge.dispute.closed", found)
    send(stripe_app, processor.books.events[-1])

    assert the_only(Dispute).state is DisputeState.CLOSED
    assert total(CLEARING) == 565
    assert again(payment).state is PaymentState.PAID


def test_a_dispute_whose_message_never_came_is_found_by_its_payout(processor, paid):
    _, payment = paid
    complain(processor, payment)
    processor.books.events.clear()
    processor.books.pay_out()

    reconcile()

    assert the_only(Dispute).state is DisputeState.NEEDS_ANSWER
    assert total(CLEARING) == 0
    assert total("assets:bank") == 565 - 600 - 2000
    assert processor_days.problems() == []


def test_a_dispute_about_somebody_elses_money_is_let_pass(processor, stripe_app, paid):
    _, payment = paid
    complain(processor, payment)["payment_intent"] = "pi_other"

    assert send(stripe_app, processor.books.events[-1]) == "not_ours"
    assert count(Dispute) == 0


def test_a_dispute_of_a_payment_for_two_is_shared_by_its_lines(processor, stripe_app):
    school = schools.make_school()
    kinds = checkout.FeeKind.CHARGE
    first = checkout.make_family(checkout.make_fee_event(kinds), school=school, forename="Ada")
    second = checkout.make_family(checkout.make_fee_event(kinds), school=school, forename="Ben")
    for family in (first, second):
        checkout.answer(family)
    wishes = [PaymentWish(family.booking.id, None) for family in (first, second)]
    url = service.begin(parent_id=first.parent.id, wishes=wishes).url
    session_id = url.rpartition("/")[2]
    processor.pay(session_id)
    service.settle(session_id)
    payment = processor_days.payment_of(session_id)
    found = complain(processor, payment)
    send(stripe_app, processor.books.events[-1])

    assert total("income:charges") == 0
    assert processor_days.by_fund("income:charges") == {}
    processor.books.decide(found, "won")
    send(stripe_app, processor.books.events[-1])
    assert processor_days.by_fund("income:charges") == {
        Fund.EVENTS: -680,
        Fund.ADMIN: -120,
        Fund.CPD: -400,
    }
    assert processor_days.agrees()


@pytest.fixture
def treasurer(client):
    person = schools.make_person(email="books@network.example", role=Role.TREASURER)
    schools.sign_in(client, person)
    return client


def test_the_treasurers_page_names_event_school_and_date(processor, stripe_app, paid, treasurer):
    family, payment = paid
    complain(processor, payment)
    send(stripe_app, processor.books.events[-1])

    page = treasurer.get("/fund/disputes").text
    assert payment.public_id in page
    assert "Needs an answer" in page
    assert f"{family.booking.event.title}, {family.booking.school.name}" in page
    assert "Pupil1" not in page
    assert "A payment of £6.00 is disputed" in treasurer.get("/fund/").text


def test_the_schools_page_says_that_the_payment_is_disputed(processor, stripe_app, paid, client):
    family, payment = paid
    complain(processor, payment)
    send(stripe_app, processor.books.events[-1])
    cora = schools.person_of("cora@school.example")
    schools.sign_in(client, cora)
    url = f"/school/bookings/{family.booking.public_id}/money"

    assert "Disputed by the cardholder: £6.00" in client.get(url).text
    listed = client.get(f"/school/events/{family.booking.event.slug}/money").text
    assert "Received, disputed by the cardholder" in listed
    answer = client.post(
        f"{url}/refund/{payment.public_id}",
        data={"refund-amount": "6", "refund-reason": "Asked"},
    )
    assert answer.status_code == 422
    assert "This payment is disputed. Wait until the cardholder’s bank has decided" in answer.text


def test_the_page_of_no_dispute_says_what_would_happen(processor, treasurer):
    assert "No dispute" in treasurer.get("/fund/disputes").text


def test_the_evidence_date_is_kept_in_time(processor, stripe_app, paid):
    _, payment = paid
    complain(processor, payment)
    send(stripe_app, processor.books.events[-1])

    due = the_only(Dispute).evidence_due_at
    assert timedelta(days=9) < due - clock.now() < timedelta(days=11)
