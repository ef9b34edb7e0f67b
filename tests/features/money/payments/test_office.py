"""The demo card processor's back office: what a processor and its cardholders do."""

import pytest
from sqlalchemy import select

from booking.domain.charging import FeeKind
from booking.domain.permissions import Role
from booking.domain.processor_states import DisputeState, PayoutState
from booking.foundation import clock
from booking.foundation.db import db
from booking.money.clearing import service as clearing
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.models import Dispute, Payout, Refund
from tests.builders import checkout, schools

OFFICE = "/demo-processor/office"


@pytest.fixture
def family(app, db_session):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    checkout.pay(family)
    return family


@pytest.fixture
def session_id(family):
    return checkout.session_of(family)


@pytest.fixture
def treasurer(client, db_session):
    schools.sign_in(client, schools.make_person(role=Role.TREASURER))
    return client


def press(client, action, about=""):
    answer = client.post(OFFICE, data={"action": action, "about": about})
    assert answer.status_code == 303
    return client.get(answer.location).text


def one(table):
    db.session.rollback()
    return db.session.scalars(select(table)).one()


def test_an_empty_processor_says_what_fills_it(treasurer):
    assert "once a family has paid" in treasurer.get(OFFICE).text


def test_a_dispute_is_made_heard_and_decided(treasurer, session_id):
    assert "Done. Fairplace will find out" in press(treasurer, "complain", session_id)
    clearing.hear_missed(clock.now())
    assert one(Dispute).state is DisputeState.NEEDS_ANSWER

    press(treasurer, "won", session_id)
    clearing.hear_missed(clock.now())

    assert one(Dispute).state is DisputeState.WON
    assert "Dispute won" in treasurer.get(OFFICE).text


def test_a_refund_made_there_comes_into_our_books_and_may_come_back(treasurer, session_id):
    page = press(treasurer, "give_back", session_id)
    assert "Paid out" in page
    clearing.hear_missed(clock.now())
    made = one(Refund)
    assert (made.amount_pence, made.state.value) == (600, "succeeded")

    press(treasurer, "fail", made.gateway_id)
    clearing.hear_missed(clock.now())

    assert one(Refund).state.value == "failed"
    assert "Came back" in treasurer.get(OFFICE).text


def test_a_payout_is_made_taken_in_and_sent_back(treasurer, session_id):
    press(treasurer, "pay_out")
    clearing.reconcile_payouts(clock.now())
    made = one(Payout)
    assert made.amount_pence == 600 - demo_books.card_fee_pence(600)

    press(treasurer, "send_back", made.gateway_id)
    clearing.hear_missed(clock.now())

    assert one(Payout).state is PayoutState.FAILED


@pytest.mark.parametrize(
    ("action", "about", "words"),
    [
        ("burn", "x", "There is no such button"),
        ("pay_out", "", "There is nothing to pay out"),
        ("won", "SESSION", "This payment is not disputed"),
        ("complain", "somebody-elses", "No such session"),
        ("fail", "refund_SESSION.x", "There is no such refund"),
        ("send_back", "somebody-elses", "There is no such payout"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    treasurer, session_id, action, about, words
):
    if action == "pay_out":
        press(treasurer, "pay_out")

    assert words in press(treasurer, action, about.replace("SESSION", session_id))


def test_the_same_payment_is_disputed_once(treasurer, session_id):
    press(treasurer, "complain", session_id)

    assert "This payment has nothing left to dispute" in press(treasurer, "complain", session_id)


def test_the_office_is_not_there_where_stripe_takes_the_money(make_app):
    app = make_app(
        PAYMENTS="stripe", STRIPE_SECRET_KEY="sk_test_x", STRIPE_WEBHOOK_SECRET="whsec_x"
    )

    assert app.test_client().get(OFFICE).status_code == 404
    app.extensions["payments.gateway"].close()


def test_the_page_asks_the_same_few_questions_for_one_payment_and_for_many(
    treasurer, family, count_queries
):
    treasurer.get(OFFICE)
    with count_queries() as one_payment:
        treasurer.get(OFFICE)
    for number in range(3):
        another = checkout.make_family(
            family.booking.event, parent_email=f"p{number}@parents.example", forename=f"P{number}"
        )
        checkout.answer(another)
        checkout.pay(another)
    with count_queries() as many:
        treasurer.get(OFFICE)

    assert len(many) == len(one_payment)
