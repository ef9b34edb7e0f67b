"""Two workers, a message and a button at the same time: payouts, disputes and gifts count once."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain.charging import FeeKind
from booking.domain.permissions import PARENT
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import queries as checkout_queries
from booking.money.checkout import service as checkout_service
from booking.money.checkout.models import Choice
from booking.money.clearing import service as clearing
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry
from booking.money.payments import gateway
from booking.money.payments.demo_processor import books as demo_books
from booking.money.payments.demo_processor import gateway as demo_gateway
from booking.money.payments.models import BalanceRow, Dispute, Payout, Refund, WebhookEvent
from tests.builders import checkout, events
from tests.builders.stored import count
from tests.races.together import errors, together, writing

CROWD = 5
FAMILIES = 3


@pytest.fixture
def families(app, db_session):
    """Families who have paid a charge of £6.00 each."""
    event = checkout.make_fee_event(FeeKind.CHARGE)
    made = []
    for number in range(FAMILIES):
        family = checkout.make_family(
            event, parent_email=f"p{number}@parents.example", forename=f"P{number}"
        )
        checkout.answer(family)
        made.append((family, checkout.pay(family).session_id))
    db_session.rollback()
    return made


@pytest.fixture
def payout(families):
    with transaction():
        made = demo_books.pay_out(now=clock.now())
        return made.id, made.amount_pence


def naive(gate):
    """Look first and record later, as an application without our keys would."""

    def work():
        seen = db.session.scalar(select(func.count()).select_from(Payout))
        db.session.rollback()
        gate.wait(30)
        if not seen:
            with transaction() as unit:
                unit.add(WebhookEvent(id=f"naive_{id(work)}", type="payout counted"))

    return work


def test_without_a_key_one_payout_counts_many_times(app, payout):
    gate = Barrier(CROWD)

    together(app, [naive(gate) for _ in range(CROWD)])

    assert count(WebhookEvent) == CROWD


def test_many_workers_take_in_one_payout(app, payout):
    results = together(app, [lambda: clearing.reconcile_payouts(clock.now())] * CROWD)
    clearing.reconcile_payouts(clock.now())

    assert errors(results) == []
    assert count(Payout) == 1
    assert count(BalanceRow) == FAMILIES + 1
    assert count(Entry, Entry.key == f"payout:{payout[0]}") == 1
    assert sum(fund_queries.held_by_fund("assets:bank").values()) == payout[1]
    assert sum(fund_queries.held_by_fund("assets:card-clearing").values()) == 0
    assert checkout_queries.count_to_explain() == 0


def test_many_messages_about_one_dispute(app, families):
    _, session_id = families[0]
    with transaction():
        made = demo_books.complain(demo_gateway.found(session_id), now=clock.now())
        dispute_id = made.id
    messages = [
        gateway.ProcessorMessage(f"evt_{number}", gateway.News.DISPUTE, dispute_id)
        for number in range(CROWD)
    ]

    results = together(app, [lambda m=m: clearing.hear(m) for m in messages])

    assert errors(results) == []
    assert count(Dispute) == 1
    assert count(Entry, Entry.kind == "dispute") == 2  # what was taken, and the fee
    assert count(WebhookEvent) == CROWD


def test_a_gift_pressed_in_many_tabs_is_one_gift(app, families):
    family, _ = families[0]
    events.cancel_event(family.booking.event)
    refund_id = db.session.scalars(select(Refund.id).order_by(Refund.id)).first()
    parent_id = family.parent.id
    db.session.rollback()

    def give():
        return checkout_service.choose(
            actor=PARENT,
            now=clock.now(),
            refund=db.session.get_one(Refund, refund_id),
            choice=Choice.GIFT,
            parent_id=parent_id,
        ).choice

    results = together(app, [writing(give)] * CROWD)

    assert errors(results) == []
    assert count(Entry, Entry.key.like("gift:%")) == 1
    assert sum(fund_queries.held_by_fund("income:grants").values()) == -600
