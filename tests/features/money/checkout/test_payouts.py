"""Payouts and their rows: every row is in the ledger, and the sum agrees to the penny."""

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from booking.domain.funds import Fund
from booking.domain.permissions import Role
from booking.domain.processor_states import PayoutState
from booking.foundation import clock
from booking.money.checkout.models import RowEntry
from booking.money.clearing import pages as clearing_pages
from booking.money.clearing import service as clearing
from booking.money.fund.models import Entry
from booking.money.payments import gateway
from booking.money.payments.models import BalanceRow, Payout
from tests.builders import checkout, schools
from tests.builders.stored import count, keys, the_only
from tests.conftest import TERM_TIME_MORNING
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import reconcile, total
from tests.page import soup

BANK, CLEARING, PARKED = "assets:bank", "assets:card-clearing", "assets:to-explain"


def test_a_payout_is_in_the_books_with_every_row_to_the_penny(processor):
    event = checkout.make_fee_event(checkout.FeeKind.CHARGE)
    for number in range(3):
        processor_days.paid_family(processor, event=event, number=number)
    processor.books.pay_out()

    reconcile()

    payout = the_only(Payout)
    assert (payout.amount_pence, payout.rows_pence) == (3 * 565, 3 * 565)
    assert total(BANK) == 3 * 565
    assert total(CLEARING) == 0
    assert processor_days.agrees()
    assert processor_days.problems() == []
    # Each fund has its part of the fee; administration pays the card's fee.
    assert processor_days.by_fund(BANK) == {
        Fund.EVENTS: 3 * 340,
        Fund.ADMIN: 3 * (60 - 35),
        Fund.CPD: 3 * 200,
    }


def test_a_payout_taken_in_again_and_again_counts_once(processor):
    processor_days.paid_family(processor)
    payout = processor.books.pay_out()

    _first, *again = [reconcile() for _ in range(3)]

    assert again == [(0, 0), (0, 0)]
    assert keys().count(f"payout:{payout['id']}") == 1
    assert count(BalanceRow) == 2
    assert count(RowEntry) == 2


def test_a_card_fee_that_was_not_known_is_filled_in_from_the_row(processor):
    _, payment = processor_days.paid_family(processor, fee=None)
    assert payment.card_fee_pence is None
    processor.books.pay_out()

    reconcile()

    assert processor_days.payment_of(payment.session_id).card_fee_pence == 35
    assert total("expenses:card-fees") == 35
    assert processor_days.problems() == []


def test_a_payment_that_was_missed_is_settled_by_its_payout(processor):
    family = checkout.make_family(checkout.make_fee_event(checkout.FeeKind.CHARGE))
    checkout.answer(family)
    session_id = checkout.begin(family)
    processor.pay(session_id)
    processor.books.events.clear()
    processor.books.pay_out()

    reconcile()

    assert processor_days.payment_of(session_id).paid_at is not None
    assert total(BANK) == 565
    assert processor_days.problems() == []


def test_a_row_that_nobody_knows_is_parked_and_listed(processor):
    processor_days.paid_family(processor)
    processor.books.row("charge", 1250, fee=39, source={"id": "ch_other", "object": "charge"})
    processor.books.pay_out()

    reconcile()

    assert processor_days.problems() == [
        "The card processor has £12.50 (charge) that are not in our books."
    ]
    assert total(BANK) == 565 + 1211
    assert total(PARKED) == -1250
    assert processor_days.agrees()


def test_a_row_that_differs_from_our_books_parks_the_difference(processor):
    processor_days.paid_family(processor)
    processor.books.rows[0].update(fee=40, net=560)
    processor.books.pay_out()

    reconcile()

    assert processor_days.problems() == [
        "The card processor has £5.60 after its fee (charge); our books have £5.65."
    ]
    assert total(BANK) == 560
    assert total(PARKED) == 5


def test_fees_of_the_processor_itself_need_no_explanation(processor):
    processor_days.paid_family(processor)
    processor.books.row("stripe_fee", -200)
    processor.books.pay_out()

    reconcile()

    assert processor_days.problems() == []
    assert total("expenses:card-fees") == 235
    assert total(BANK) == 365


def test_a_payout_that_is_not_the_sum_of_its_rows_is_listed(processor):
    processor_days.paid_family(processor)
    processor.books.pay_out(amount=500)

    reconcile()

    (problem,) = processor_days.problems()
    assert problem.startswith("The payout of £5.00 is not what its rows come to: £5.65.")
    assert total(BANK) == 500


def test_a_payout_that_came_back_puts_the_money_back(processor):
    processor_days.paid_family(processor)
    payout = processor.books.pay_out()
    reconcile()
    processor.books.send_back(payout)

    reconcile()

    assert the_only(Payout).state is PayoutState.FAILED
    assert (total(BANK), total(CLEARING)) == (0, 565)
    assert processor_days.agrees()
    processor.books.pay_out()
    reconcile()
    assert (total(BANK), total(CLEARING)) == (565, 0)
    assert processor_days.by_fund(BANK) == {Fund.EVENTS: 340, Fund.ADMIN: 25, Fund.CPD: 200}
    (problem,) = processor_days.problems()
    assert problem.startswith("The payout of £5.65 came back. Check the bank account")


def test_a_payout_that_came_back_before_anybody_looked_leaves_nothing_open(processor):
    processor_days.paid_family(processor)
    processor.books.send_back(processor.books.pay_out())
    processor.books.pay_out()

    reconcile()

    assert (total(BANK), total(CLEARING)) == (565, 0)
    assert total(PARKED) == 0


def test_rows_that_are_still_put_together_are_waited_for(processor):
    processor_days.paid_family(processor)
    payout = processor.books.pay_out(reconciliation_status="in_progress", status="in_transit")

    reconcile()
    assert total(BANK) == 0
    payout.update(reconciliation_status="completed", status="paid")
    reconcile()
    assert total(BANK) == 565


def test_a_payout_made_by_hand_is_in_the_books_as_a_whole(processor):
    processor_days.paid_family(processor)
    processor.books.pay_out(automatic=False, reconciliation_status="not_applicable")

    reconcile()

    assert the_only(Payout).rows_pence is None
    assert (total(BANK), total(CLEARING)) == (565, 0)


def test_a_payout_in_another_currency_is_left_alone(processor):
    processor.books.pay_out(currency="eur", amount=700)

    reconcile()
    assert count(Payout) == 0


def test_a_processor_that_falls_silent_half_way_is_asked_again(processor):
    for number in range(5):
        processor_days.paid_family(processor, number=number)
    processor.books.pay_out()
    processor.faults[:] = [429]

    with pytest.raises(gateway.GatewayUnavailable):
        clearing.reconcile_payouts(clock.now())

    assert total(BANK) == 0
    assert clearing.reconcile_payouts(clock.now()) == 1
    assert total(BANK) == 5 * 565
    assert processor_days.problems() == []


def test_a_crash_between_rows_and_payout_is_taken_up_where_it_stopped(processor, monkeypatch):
    processor_days.paid_family(processor)
    processor.books.pay_out()
    from booking.money.clearing.service import payouts

    def crash(_payout_id):
        raise RuntimeError("the lights went out")

    with monkeypatch.context() as broken:
        broken.setattr(payouts, "_post", crash)
        assert clearing.reconcile_payouts(clock.now()) == 0
    assert total(BANK) == 0
    assert "an error in Fairplace (RuntimeError)" in processor_days.problems()[0]

    assert clearing.reconcile_payouts(clock.now()) == 1
    assert total(BANK) == 565
    assert processor_days.problems() == []


def test_what_is_in_no_payout_for_two_weeks_is_shown(processor, client, time_machine):
    processor_days.paid_family(processor)
    processor.books.pay_out()
    reconcile()
    _, late = processor_days.paid_family(processor, number=2)
    late_key = f"payment:{late.public_id}"
    processor.books.rows.pop()
    schools.sign_in(client, schools.make_person(role=Role.TREASURER))

    assert soup(client.get("/fund/payouts")).select_one("#waiting") is None
    time_machine.move_to(clock.now() + timedelta(days=15))
    schools.sign_in(client, schools.make_person(role=Role.TREASURER))

    waiting = soup(client.get("/fund/payouts")).select_one("[aria-labelledby=waiting]")
    assert waiting.select_one(f"a[href='/fund/entries/{late_key}']") is not None


def test_the_command_says_what_it_found(processor, stripe_app):
    processor_days.paid_family(processor)
    processor.books.pay_out()

    said = stripe_app.test_cli_runner().invoke(args=["payments", "reconcile"])

    assert said.exit_code == 0
    assert "0 things to explain." in said.output
    assert total(BANK) == 565

    told = stripe_app.test_cli_runner().invoke(args=["payments", "reconcile", "--json"])

    assert json.loads(told.stdout) == {
        "looked_at": 0,
        "paid": 0,
        "lapsed": 0,
        "unanswered": 0,
        "refunds": 0,
        "missed_messages": 0,
        "payouts": 0,
        "to_explain": 0,
    }


def test_the_command_says_that_the_processor_is_silent(processor, stripe_app):
    processor.faults[:] = [429] * 5

    said = stripe_app.test_cli_runner().invoke(args=["payments", "reconcile"])

    assert said.exit_code == 1
    assert "Run this again" in said.output


ROW = st.tuples(
    st.sampled_from(["charge", "refund", "adjustment", "stripe_fee", "topup"]),
    st.integers(-900, 900).filter(bool),
    st.integers(0, 40),
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ROW, min_size=1, max_size=5))
def test_whatever_rows_come_clearing_follows_the_processor_to_the_penny(processor, rows):
    before = total(CLEARING) - _not_paid_out(processor)
    for kind, amount, fee in rows:
        processor.books.row(kind, amount, fee=fee, source={"id": f"x_{len(processor.books.rows)}"})
    processor.books.now += 1
    payout = processor.books.pay_out()
    already = total(BANK)

    reconcile()

    assert total(BANK) - already == payout["amount"]
    assert total(CLEARING) - _not_paid_out(processor) == before
    assert count(Entry) == len(set(keys()))


def _not_paid_out(processor):
    return sum(row["net"] for row in processor.books.rows)


@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        ({}, ("Agrees", "good")),
        ({"rows_pence": 999}, ("Does not agree", "bad")),
        ({"rows_pence": None}, ("Does not agree", "bad")),
        ({"automatic": False, "rows_pence": None}, ("In the books as one amount", "info")),
        ({"posted_at": None, "rows_pence": None}, ("Not complete yet", "neutral")),
        ({"posted_at": None, "automatic": False}, ("Not complete yet", "neutral")),
        ({"state": PayoutState.FAILED}, ("Came back", "bad")),
        ({"state": PayoutState.FAILED, "posted_at": None}, ("Came back", "bad")),
    ],
)
def test_a_payout_says_how_it_stands_beside_its_rows(facts, standing):
    whole = {
        "state": PayoutState.PAID,
        "posted_at": TERM_TIME_MORNING,
        "automatic": True,
        "amount_pence": 1000,
        "rows_pence": 1000,
    }

    assert clearing_pages.standing(Payout(**{**whole, **facts})) == standing
