"""A network without a card processor: what families find, and what is left from earlier."""

import pytest

from booking import settings
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout_service
from booking.money.checkout import soundness as checkout_soundness
from booking.money.clearing import service as clearing
from booking.money.payments import gateway
from booking.money.payments.models import Method, Refund
from tests.builders import checkout, no_cards, schools
from tests.builders.stored import fee_status, mails, state
from tests.features.money.payments.test_settings import LIVE, check
from tests.page import text


@pytest.fixture
def give_up_cards(app, db_session, monkeypatch):
    """Return a way to put PAYMENTS=none into force, as by a restart."""

    def give_up():
        db.session.rollback()
        no_cards.give_up_cards(app, monkeypatch)

    return give_up


def test_production_starts_without_a_card_processor(make_app):
    check({**LIVE, "PAYMENTS": "none", "STRIPE_SECRET_KEY": "", "STRIPE_WEBHOOK_SECRET": ""})
    without = make_app(PAYMENTS="none")
    assert without.extensions[gateway.EXTENSION].name == "none"
    # Nobody can report a payment to it: not by its own name either.
    for name in ("none", "demo", "stripe"):
        told = without.test_client().post(f"/webhooks/{name}", data=b"{}", csrf=False)
        assert told.status_code in {400, 404}


def test_a_card_processor_has_to_be_one_of_the_table():
    with pytest.raises(settings.BadSetting, match="use demo or stripe or none"):
        check({**LIVE, "PAYMENTS": "nobody"})


def test_a_charge_says_where_it_is_paid_and_the_school_confirms_the_place(client, give_up_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    give_up_cards()

    page = text(client.get(f"{family.url}/charge"))
    assert "Please pay £6.00 by bank transfer, or in cash or by cheque at" in page
    refused = client.post(f"{family.url}/charge", follow_redirects=True)
    assert "This cannot be paid here." in refused.text

    with transaction():
        checkout_service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=db.session.merge(family.booking),
            method=Method.CASH,
            amount_pence=600,
        )
    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.RECEIVED)


def test_a_contribution_can_be_handed_in_or_not(client, give_up_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION))
    checkout.answer(family)
    give_up_cards()

    page = text(client.get(f"{family.url}/contribution"))
    assert "There is no obligation to contribute." in page
    assert "hand any amount in at" in page
    client.post(f"{family.url}/contribution", data={"choice": "not_this_time"})
    assert fee_status(family) is FundingStatus.DECLINED_NO_REASON_ASKED
    assert state(family) is BookingState.CONFIRMED


def test_a_refund_to_a_card_of_earlier_becomes_the_treasurers(client, give_up_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    payment = checkout.pay(family)
    give_up_cards()
    with transaction():
        checkout_service.refund(
            actor=COMMAND, now=clock.now(), line=db.session.merge(payment).lines[0], reason="Asked"
        )
    checkout_service.execute_refunds(clock.now())
    db.session.rollback()
    [refund] = db.session.query(Refund).all()
    assert refund.state.value == "failed"
    assert len(mails("refund_failed")) == 1

    schools.sign_in(client, schools.make_person(role=Role.TREASURER))
    home = text(client.get("/fund/"))
    assert "1 refund did not go through" in home
    assert "Card money" in home  # what there was can still be read


def test_what_is_open_at_the_processor_of_earlier_is_said(client, give_up_cards):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    checkout.begin(family)
    assert list(checkout_soundness.left_behind()) == []
    give_up_cards()

    [problem] = checkout_soundness.left_behind()
    assert "is still open at a card processor, but PAYMENTS=none" in problem
    checkout_service.settle_open(clock.now())
    clearing.hear_missed(clock.now())
    clearing.reconcile_payouts(clock.now())
    db.session.rollback()
    assert state(family) is BookingState.INVITED
    schools.sign_in(client, schools.make_person(role=Role.TREASURER))
    said = text(client.get("/fund/"))
    assert "1 card payment or refund has not ended at the card processor" in said
