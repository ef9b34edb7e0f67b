"""Whatever the processor reports, in any order and any number of times, it is booked once."""

import json
from datetime import timedelta

import pytest
import stripe as stripe_library
from sqlalchemy import func, select

from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus, PaymentState
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.models import Funding
from booking.money.fund.models import EntryLine
from booking.money.payments.models import Payment, PaymentLine, Refund, WebhookEvent
from tests.builders import checkout, events
from tests.builders import places as seats
from tests.builders.stored import count, mails, posted, state, the_only
from tests.features.money.payments import stand_in
from tests.features.money.payments.conftest import WEBHOOK_SECRET

COMPLETED = "checkout.session.completed"


def message(session_id, *, kind=COMPLETED, number=1, thing="checkout.session", **facts):
    return json.dumps(
        {
            "id": f"evt_{number}",
            "object": "event",
            "type": kind,
            "livemode": False,
            "created": 1_800_000_000,
            "api_version": "2026-10-28.endive",
            "request": None,
            "data": {"object": {"id": session_id, "object": thing, **facts}},
            "pending_webhooks": 0,
        }
    ).encode()


def send(app, raw, *, at=None, signature=None):
    stamp = int((at or clock.now()).timestamp())
    header = stripe_library.WebhookSignature.generate_signature_header(
        raw.decode(errors="replace"), WEBHOOK_SECRET, stamp
    )
    return app.test_client().post(
        "/webhooks/stripe",
        data=raw,
        csrf=False,
        headers={"Stripe-Signature": header if signature is None else signature},
    )


def test_a_message_confirms_a_place_though_the_parent_never_came_back(
    processor, stripe_app, charged
):
    session_id = checkout.begin(charged)
    processor.pay(session_id)

    response = send(stripe_app, message(session_id))

    assert (response.status_code, response.text) == (200, "paid")
    assert state(charged) is BookingState.CONFIRMED
    assert posted() == ["card-fee", "payment"]
    assert the_only(Payment).card_fee_pence == 35


def test_a_message_heard_again_and_again_has_one_effect(processor, stripe_app, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id)
    raw = message(session_id)

    answers = [send(stripe_app, raw).text for _ in range(5)]

    assert answers == ["paid", *["repeated"] * 4]
    assert posted() == ["card-fee", "payment"]
    assert len(mails("receipt")) == 1
    assert count(WebhookEvent) == 1


def test_different_messages_about_one_payment_have_one_effect(processor, stripe_app, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id)

    kinds = ["async_payment_succeeded", "expired", "completed"]
    for number, kind in enumerate(kinds, start=1):
        send(stripe_app, message(session_id, kind=f"checkout.session.{kind}", number=number))
    service.settle(session_id)
    service.settle_open(clock.now())

    assert state(charged) is BookingState.CONFIRMED
    assert posted() == ["card-fee", "payment"]
    assert count(WebhookEvent) == 3


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_message_that_is_not_fresh_writes_nothing(processor, stripe_app, charged, minutes):
    session_id = checkout.begin(charged)
    processor.pay(session_id)

    at = clock.now() + timedelta(minutes=minutes)
    assert send(stripe_app, message(session_id), at=at).status_code == 400

    assert state(charged) is BookingState.INVITED
    assert count(WebhookEvent) == 0


@pytest.mark.parametrize("signature", ["", "t=1,v1=0", "nonsense"])
def test_a_message_without_a_good_signature_writes_nothing(
    processor, stripe_app, charged, signature
):
    session_id = checkout.begin(charged)
    processor.pay(session_id)

    assert send(stripe_app, message(session_id), signature=signature).status_code == 400

    assert count(WebhookEvent) == 0
    assert the_only(Payment).state is PaymentState.OPENED


@pytest.mark.parametrize(
    "raw",
    [
        message("cs_other", number=7),
        message("po_1", kind="payout.paid", thing="payout", number=8),
        message("cus_1", kind="customer.created", thing="customer", number=9),
    ],
)
def test_messages_about_nothing_of_ours_are_let_pass(processor, stripe_app, raw):
    response = send(stripe_app, raw)

    assert (response.status_code, response.text) == (200, "not_ours")
    assert count(WebhookEvent) == 0


def test_a_message_that_is_far_too_large_is_refused(processor, stripe_app):
    assert send(stripe_app, b"x" * 300_000).status_code == 413


def test_a_processor_that_does_not_answer_is_asked_again_by_the_message(
    processor, stripe_app, charged
):
    session_id = checkout.begin(charged)
    processor.pay(session_id)
    processor.faults[:] = [429]

    assert send(stripe_app, message(session_id)).status_code == 503
    assert count(WebhookEvent) == 0
    assert send(stripe_app, message(session_id)).text == "paid"


def test_a_broken_promise_of_the_database_is_no_repetition(processor, stripe_app, charged):
    """Only the message's own row says that it was read; anything else must be sent again."""
    other = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE, title="Workshop"))
    checkout.answer(other)
    pages = [checkout.begin(charged), checkout.begin(other)]
    for page in pages:
        processor.pay(page)
    promise("CREATE UNIQUE INDEX one_paid ON payments (state) WHERE state = 'paid'")
    send(stripe_app, message(pages[0]))

    response = send(stripe_app, message(pages[1], number=2))

    assert response.status_code == 503
    assert state(other) is BookingState.INVITED
    assert count(WebhookEvent) == 1
    promise("DROP INDEX one_paid")
    assert send(stripe_app, message(pages[1], number=2)).text == "paid"
    assert state(other) is BookingState.CONFIRMED


def promise(words):
    db.session.rollback()
    with db.engine.begin() as connection:
        connection.exec_driver_sql(words)


@pytest.mark.parametrize(
    ("lie", "sentence"),
    [
        ({"amount_total": 599}, "The card processor took £5.99; we asked for £6.00."),
        ({"currency": "usd"}, "The currency is usd, not gbp."),
        (
            {"client_reference_id": "another"},
            "The reference at the card processor is not",
        ),
        (
            {"metadata": {"payment": "another"}},
            "The reference at the card processor is not",
        ),
        ({"livemode": True}, "Real and pretend money are mixed up"),
    ],
)
def test_money_that_does_not_match_is_parked(processor, charged, lie, sentence):
    session_id = checkout.begin(charged)
    processor.pay(session_id, **lie)

    assert service.settle(session_id) is service.SettlementOutcome.PARKED

    assert sentence in the_only(Payment).to_explain
    assert the_only(Payment).state is PaymentState.TO_EXPLAIN
    assert state(charged) is BookingState.INVITED
    # What is in our account at the processor is in the ledger, kept apart; other money is not.
    ours = not ({"currency", "livemode"} & set(lie))
    assert posted() == (["parked"] if ours else [])
    assert service.settle(session_id) is service.SettlementOutcome.PARKED


def test_a_complete_page_without_money_confirms_nothing(processor, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id, delayed=True)

    assert service.settle(session_id) is service.SettlementOutcome.WAITING
    assert state(charged) is BookingState.INVITED


def test_the_card_fee_is_posted_once_it_is_known(processor, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id, fee=None)
    service.settle(session_id)
    assert posted() == ["payment"]

    processor.pay(session_id, fee=35)
    service.settle_open(clock.now())
    service.settle_open(clock.now())

    assert posted() == ["card-fee", "payment"]
    fees = select(func.sum(EntryLine.pence)).where(EntryLine.account == "expenses:card-fees")
    assert db.session.scalar(fees) == 35


def test_a_page_that_ran_out_lapses_and_a_new_one_can_be_opened(processor, charged):
    first = checkout.begin(charged)
    processor.sessions[first].update(status="expired", url=None)

    second = checkout.begin(charged)

    assert second != first
    states = [p.state for p in db.session.scalars(select(Payment).order_by(Payment.id))]
    assert states == [PaymentState.LAPSED, PaymentState.OPENED]


def test_a_second_click_is_the_same_page(processor, charged):
    assert checkout.begin(charged) == checkout.begin(charged)
    assert len(processor.sessions) == 1


def test_an_answer_that_was_lost_is_asked_for_under_the_same_key(processor, charged, monkeypatch):
    opened = processor.answer

    def lost(call):
        status, body = opened(call)
        gone = (429, stand_in.error("rate_limit"))
        return gone if call.path == "/v1/checkout/sessions" else (status, body)

    monkeypatch.setattr(processor, "answer", lost)
    with pytest.raises(Exception, match="RateLimitError"):
        checkout.begin(charged)
    monkeypatch.undo()

    session_id = checkout.begin(charged)

    assert list(processor.sessions) == [session_id]
    assert the_only(Payment).session_id == session_id


def test_money_on_a_page_whose_answer_was_lost_finds_its_payment(processor, charged):
    session_id = checkout.begin(charged)
    with transaction() as unit:
        unit.get_one(Payment, the_only(Payment).id).session_id = None
    processor.pay(session_id)

    assert service.settle(session_id) is service.SettlementOutcome.PAID
    assert the_only(Payment).session_id == session_id


def test_two_parents_who_both_pay_a_charge_pay_it_once(processor, charged):
    first = checkout.begin(charged)
    with transaction() as unit:  # as if both pages had been opened at the same time
        twin = unit.get_one(Payment, the_only(Payment).id)
        unit.add(
            Payment(
                parent_id=twin.parent_id,
                amount_pence=600,
                state=PaymentState.OPENED,
                public_id="second",
                session_expires_at=twin.session_expires_at,
                session_id="cs_second",
                lines=[
                    PaymentLine(
                        number=1,
                        booking_id=twin.lines[0].booking_id,
                        event_id=twin.lines[0].event_id,
                        amount_pence=600,
                    )
                ],
            )
        )
    processor.sessions["cs_second"] = {
        **processor.sessions[first],
        "id": "cs_second",
        "client_reference_id": "second",
        "metadata": {"payment": "second"},
    }
    processor.pay(first)
    processor.pay("cs_second")

    assert service.settle(first) is service.SettlementOutcome.PAID
    assert service.settle("cs_second") is service.SettlementOutcome.RETURNED

    service.execute_refunds(clock.now())
    assert [r["amount"] for r in processor.refunds.values()] == [600]
    assert state(charged) is BookingState.CONFIRMED
    funding = db.session.get(Funding, charged.booking.id)
    assert funding.status is FundingStatus.RECEIVED
    assert len(mails("payment_returned")) == 1
    clearing = select(func.sum(EntryLine.pence)).where(EntryLine.account == "assets:card-clearing")
    assert db.session.scalar(clearing) == 600 - 35 - 35


def lapse(family):
    seats.let_lapse(family.booking)


def test_a_late_payment_is_seated_again_where_a_place_is_free(processor, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id)
    lapse(charged)

    assert service.settle(session_id) is service.SettlementOutcome.PAID
    assert state(charged) is BookingState.CONFIRMED


def test_a_late_payment_goes_back_when_the_place_is_gone(processor):
    event = checkout.make_fee_event(FeeKind.CHARGE, places=1)
    family = checkout.make_family(event)
    checkout.answer(family)
    session_id = checkout.begin(family)
    processor.pay(session_id)
    lapse(family)
    checkout.make_family(event, parent_email="next@parents.example", forename="Next")

    assert service.settle(session_id) is service.SettlementOutcome.RETURNED
    assert service.settle(session_id) is service.SettlementOutcome.RETURNED

    assert service.execute_refunds(clock.now()) == 1
    assert service.execute_refunds(clock.now()) == 0
    assert the_only(Payment).state is PaymentState.REFUNDED
    assert posted() == ["card-fee", "payment", "refund"]
    (told,) = mails("payment_returned")
    assert "The place had gone to another pupil" in told.text


def test_a_cancelled_event_gives_everything_back(processor, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id)
    service.settle(session_id)

    events.cancel_event(charged.booking.event)
    service.execute_refunds(checkout.after_choice())
    service.execute_refunds(checkout.after_choice())

    assert the_only(Payment).state is PaymentState.REFUNDED
    assert db.session.get(Funding, charged.booking.id).status is FundingStatus.REFUNDED
    assert [r["amount"] for r in processor.refunds.values()] == [600]
    income = select(func.sum(EntryLine.pence)).where(EntryLine.account == "income:charges")
    assert db.session.scalar(income) == 0


def test_money_that_arrives_after_the_event_was_cancelled_goes_back(processor, charged):
    session_id = checkout.begin(charged)
    processor.pay(session_id)
    events.cancel_event(charged.booking.event)

    service.settle_open(clock.now())

    assert the_only(Payment).state is PaymentState.PAID
    assert service.execute_refunds(clock.now()) == 1
    assert the_only(Payment).state is PaymentState.REFUNDED


def test_the_sweep_closes_pages_that_nobody_waits_for(processor, charged):
    session_id = checkout.begin(charged)
    lapse(charged)

    service.settle_open(clock.now())

    assert processor.sessions[session_id]["status"] == "expired"
    assert the_only(Payment).state is PaymentState.LAPSED


def test_a_refund_the_processor_cannot_pay_out_brings_the_money_back(
    processor, stripe_app, charged
):
    session_id = checkout.begin(charged)
    processor.pay(session_id)
    service.settle(session_id)
    events.cancel_event(charged.booking.event)
    service.execute_refunds(checkout.after_choice())
    (refund_id,) = processor.refunds
    processor.refunds[refund_id]["status"] = "failed"

    for number in (1, 2):
        send(
            stripe_app,
            message(
                refund_id,
                kind="refund.failed",
                thing="refund",
                number=number,
                payment_intent="pi_x",
            ),
        )

    assert the_only(Payment).state is PaymentState.PAID
    assert posted() == ["card-fee", "payment", "refund", "reversal"]
    assert db.session.scalars(select(Refund)).one().state.value == "failed"


def test_a_processor_that_is_silent_is_left_alone_until_the_next_sweep(processor):
    event = checkout.make_fee_event(FeeKind.CHARGE)
    for number in range(5):
        family = checkout.make_family(
            event, parent_email=f"p{number}@parents.example", forename=f"P{number}"
        )
        checkout.answer(family)
        checkout.begin(family)
    processor.calls.clear()
    processor.faults[:] = [429] * 10

    found = service.settle_open(clock.now())

    assert (found.unanswered, len(processor.calls)) == (3, 3)


def test_a_parent_is_told_when_the_processor_cannot_be_reached(processor, stripe_app, charged):
    processor.faults[:] = [429]
    client = stripe_app.test_client()

    response = client.post(f"{charged.url}/charge")

    assert response.status_code == 503
    assert b"The card payment page is not available at the moment" in response.data
    assert "You have visited the card payment page" not in client.get(charged.url).text
    assert client.post(f"{charged.url}/charge").location.startswith("https://checkout.stripe.com/")


def test_nothing_about_a_child_is_sent_to_stripe(processor):
    event = checkout.make_fee_event(FeeKind.CHARGE, title="Club for deaf pupils")
    family = checkout.make_family(event, forename="Zebedee")
    checkout.answer(family, health="Peanut allergy", access="Sign language")
    checkout.begin(family)

    sent = json.dumps([call.params for call in processor.calls]).lower()

    school = family.booking.school.name.lower()
    for private in ("zebedee", "okoro ", school, "peanut", "sign language", "deaf"):
        assert private not in sent.replace("sam.okoro@parents.example", "").replace(
            family.token.lower(), ""
        )
