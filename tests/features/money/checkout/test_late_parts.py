"""A charge paid in two parts; we hear about the second when the place has lapsed."""

import pytest
from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import FundingStatus, RefundState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.payments.models import Method, Payment, PaymentLine, Refund
from tests.builders import checkout, schools
from tests.builders import places as seats
from tests.builders.stored import fee_status, refunds, state
from tests.features.money.checkout import accounting
from tests.page import soup, words

CASH = 250


@pytest.fixture
def family(processor):
    """Give the family of the only place: a part is paid in cash, the rest on a page, too late."""
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE, places=1))
    checkout.answer(family)
    receive(family)
    return family


def receive(family, pence=CASH):
    with transaction() as unit:
        service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=unit.get_one(Booking, family.booking.id),
            method=Method.CASH,
            amount_pence=pence,
        )


def pay_and_lapse(processor, family, *, before=None):
    session_id = checkout.begin(family)
    if before:
        before()
    processor.pay(session_id)
    seats.let_lapse(family.booking)
    return session_id


def ask_for_the_cash():
    with transaction() as unit:
        cash = select(PaymentLine).join(Payment).where(Payment.method == Method.CASH)
        line = unit.scalars(cash).one()
        service.refund(actor=COMMAND, now=clock.now(), line=line, reason="Asked for")


def hand_back():
    with transaction() as unit:
        refund = unit.scalars(select(Refund).where(Refund.state == RefundState.REQUESTED)).one()
        service.give_back_by_hand(actor=COMMAND, now=clock.now(), refund=refund)


def test_the_part_that_was_still_to_be_handed_back_counts_again(processor, family):
    session_id = pay_and_lapse(processor, family)

    assert service.settle(session_id) is service.SettlementOutcome.PAID
    service.execute_refunds(clock.now())

    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.RECEIVED)
    assert refunds() == [(CASH, "cancelled", "")]
    assert accounting.problems(processor) == []


def test_the_rest_goes_back_when_the_part_was_handed_back(processor, family):
    session_id = pay_and_lapse(processor, family)
    hand_back()

    assert service.settle(session_id) is service.SettlementOutcome.RETURNED
    service.execute_refunds(clock.now())

    assert (state(family), fee_status(family)) == (BookingState.LAPSED, FundingStatus.REFUNDED)
    assert refunds() == [(CASH, "succeeded", ""), (600 - CASH, "succeeded", "")]
    assert accounting.problems(processor) == []


def test_both_parts_go_back_when_the_place_is_gone(processor, family):
    seats.reserve(family.booking.event, family.booking.school)
    session_id = pay_and_lapse(processor, family)

    assert service.settle(session_id) is service.SettlementOutcome.RETURNED
    service.execute_refunds(clock.now())

    assert (state(family), fee_status(family)) == (BookingState.LAPSED, FundingStatus.REFUNDED)
    assert refunds() == [(CASH, "requested", ""), (600 - CASH, "succeeded", "")]
    hand_back()
    assert accounting.problems(processor) == []


def test_what_is_more_than_the_charge_goes_back_to_the_card(processor, family):
    session_id = pay_and_lapse(processor, family, before=lambda: receive(family, 100))

    assert service.settle(session_id) is service.SettlementOutcome.PAID
    service.execute_refunds(clock.now())

    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.RECEIVED)
    assert refunds() == [(CASH, "cancelled", ""), (100, "cancelled", ""), (100, "succeeded", "")]
    assert accounting.problems(processor) == []


def test_a_refund_that_a_person_decided_on_is_not_called_off(processor, family):
    session_id = pay_and_lapse(processor, family, before=ask_for_the_cash)

    assert service.settle(session_id) is service.SettlementOutcome.RETURNED
    service.execute_refunds(clock.now())

    assert (state(family), fee_status(family)) == (BookingState.LAPSED, FundingStatus.REFUNDED)
    assert refunds() == [(CASH, "requested", ""), (600 - CASH, "succeeded", "")]


def test_a_page_that_was_open_when_the_rest_was_remitted_can_still_be_paid(processor, family):
    session_id = checkout.begin(family)
    with transaction() as unit:
        booking = unit.get_one(Booking, family.booking.id)
        service.remit(actor=COMMAND, now=clock.now(), booking=booking)
    ask_for_the_cash()
    processor.pay(session_id)

    service.settle_open(clock.now())

    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.REMITTED)
    hand_back()
    assert accounting.problems(processor) == []


def test_money_that_was_called_off_is_not_recorded_as_handed_over(processor, family, stripe_app):
    session_id = pay_and_lapse(processor, family)
    service.settle(session_id)
    refund = db.session.scalars(select(Refund)).one()
    client = stripe_app.test_client()
    coordinator = schools.make_person(role=Role.COORDINATOR, school=family.booking.school)
    schools.sign_in(client, coordinator)

    at = f"/school/bookings/{family.booking.public_id}/money"
    response = client.post(f"{at}/given-back/{refund.public_id}", follow_redirects=True)

    assert "This refund has since been cancelled" in words(soup(response))
    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.RECEIVED)
    assert refunds() == [(CASH, "cancelled", "")]


def test_cash_taken_for_a_lapsed_place_counts_when_the_pupil_is_named_again(processor):
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE, places=1))
    seats.let_lapse(family.booking)
    receive(family, 600)

    booking = family.booking
    again = seats.make_booking(event=booking.event, school=booking.school, pupil=booking.pupil)

    assert again.id == booking.id
    assert (state(family), fee_status(family)) == (BookingState.INVITED, FundingStatus.RECEIVED)
    checkout.answer(checkout.link(booking, family.parent))
    assert (state(family), fee_status(family)) == (BookingState.CONFIRMED, FundingStatus.RECEIVED)
