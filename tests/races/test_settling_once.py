"""The bank's message, the parent's return and the sweep at one moment: one payment, one entry."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking import clock
from booking.checkout import service
from booking.checkout.service import settling
from booking.db import db, transaction
from booking.domain.booking_states import State
from booking.domain.charging import FeeKind
from booking.fund.models import Entry
from booking.payments import gateway
from booking.payments.models import BankSession, Payment, Refund, WebhookEvent
from booking.places import service as places
from booking.places.models import Booking
from tests.builders import checkout
from tests.races.together import errors, together

CROWD = 6


@pytest.fixture
def family(app, db_session):
    """A family that has answered, before a charge."""
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    db_session.rollback()
    return family


@pytest.fixture
def paid(family):
    """The id of the page on which the family has paid, not yet settled."""
    session_id = checkout.begin(family)
    checkout.pay_at_demo_bank(session_id)
    db.session.rollback()
    return session_id


def count(table, *where):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(table).where(*where))


def naive(session_id, gate):
    """Look first, record later, as an application without our locks would."""

    def work():
        found = db.session.scalars(
            select(Payment.state).where(Payment.session_id == session_id)
        ).one()
        db.session.rollback()
        gate.wait(30)
        if found.value == "opened":
            with transaction() as unit:
                unit.add(WebhookEvent(id=f"naive_{id(work)}", type="payment counted"))

    return work


def test_without_the_lock_one_payment_counts_many_times(app, paid):
    gate = Barrier(CROWD)

    together(app, [naive(paid, gate) for _ in range(CROWD)])

    assert count(WebhookEvent) == CROWD


def test_many_settle_one_payment_at_once(app, family, paid):
    results = together(app, [lambda: service.settle(paid)] * CROWD)

    assert errors(results) == []
    assert set(results) == {service.Outcome.PAID}
    assert count(Entry, Entry.key.like("payment:%")) == 1
    assert count(Entry, Entry.key.like("card-fee:%")) == 1
    assert len(checkout.mails("receipt")) == 1
    assert db.session.get_one(Booking, family.booking.id).state is State.CONFIRMED


def test_one_message_delivered_many_times_at_once(app, paid):
    message = gateway.Message("evt_1", "checkout.session.completed", paid)

    results = together(app, [lambda: service.hear(message)] * CROWD)

    assert errors(results) == []
    assert sorted(set(results)) == [service.Outcome.PAID, service.Outcome.REPEATED]
    assert results.count(service.Outcome.PAID) == 1
    assert count(WebhookEvent) == 1
    assert count(Entry, Entry.key.like("payment:%")) == 1


def test_many_clicks_at_once_open_one_page(app, family):
    parent_id, wishes = family.parent.id, [service.Wish(family.booking.id)]
    db.session.rollback()

    def click():
        return service.begin(parent_id=parent_id, wishes=wishes)

    results = together(app, [click] * CROWD)

    assert errors(results) == []
    assert len(set(results)) == 1
    assert count(Payment) == 1
    assert count(BankSession) == 1


def test_a_payment_and_a_lapse_at_once_leave_a_place_or_a_refund(app, family, paid):
    due_at = db.session.get_one(Booking, family.booking.id).reply_by_at
    db.session.rollback()

    def lapse():
        with transaction():
            return places.lapse_overdue(due_at)

    results = together(app, [lambda: service.settle(paid), lapse])

    assert errors(results) == []
    confirmed = db.session.get_one(Booking, family.booking.id).state is State.CONFIRMED
    assert confirmed or count(Refund) == 1
    assert count(Refund) == (0 if confirmed else 1)


def test_refunds_carried_out_by_many_workers_go_out_once(app, family, paid):
    service.settle(paid)
    with transaction() as unit:
        places.withdraw(
            actor=settling.WORKER, now=clock.now(),
            booking=unit.get_one(Booking, family.booking.id),
        )  # fmt: skip

    results = together(app, [lambda: service.execute_refunds(clock.now())] * CROWD)

    assert errors(results) == []
    (refund,) = db.session.scalars(select(Refund))
    assert refund.state.value == "succeeded"
    assert sum(db.session.scalars(select(BankSession)).one().refunds.values()) == 600
    assert count(Entry, Entry.key.like("refund:%")) == 1
