"""A message, the parent's return and the sweep at the same time: one payment, one entry."""

from threading import Barrier

import pytest
from sqlalchemy import select

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service as checkout_service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.service import settling
from booking.money.clearing import service as clearing
from booking.money.fund.models import Entry
from booking.money.payments import gateway
from booking.money.payments.demo_processor.models import DemoSession
from booking.money.payments.models import Payment, Refund, WebhookEvent
from tests.builders import checkout, schools
from tests.builders.stored import count, mails
from tests.races.together import errors, together

CROWD = 6


@pytest.fixture
def family(app, db_session):
    """A family that has answered and has a charge to pay."""
    family = checkout.make_family(checkout.make_fee_event(FeeKind.CHARGE))
    checkout.answer(family)
    db_session.rollback()
    return family


@pytest.fixture
def paid(family):
    """The id of the page on which the family has paid, not yet settled."""
    session_id = checkout.begin(family)
    checkout.pay_at_demo_processor(session_id)
    db.session.rollback()
    return session_id


def naive(session_id, gate):
    """Look first and record later, as an application without our locks would."""

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
    results = together(app, [lambda: checkout_service.settle(paid)] * CROWD)

    assert errors(results) == []
    assert set(results) == {checkout_service.SettlementOutcome.PAID}
    assert count(Entry, Entry.key.like("payment:%")) == 1
    assert count(Entry, Entry.key.like("card-fee:%")) == 1
    assert len(mails("receipt")) == 1
    assert db.session.get_one(Booking, family.booking.id).state is BookingState.CONFIRMED


def test_one_message_delivered_many_times_at_once(app, paid):
    message = gateway.ProcessorMessage("evt_1", gateway.News.SESSION, paid)

    results = together(app, [lambda: clearing.hear(message)] * CROWD)

    assert errors(results) == []
    assert sorted(set(results)) == [
        checkout_service.SettlementOutcome.PAID,
        checkout_service.SettlementOutcome.REPEATED,
    ]
    assert results.count(checkout_service.SettlementOutcome.PAID) == 1
    assert count(WebhookEvent) == 1
    assert count(Entry, Entry.key.like("payment:%")) == 1


def test_one_message_about_a_refund_delivered_many_times_at_once(app, family, paid):
    checkout_service.settle(paid)
    ended = db.session.get_one(Booking, family.booking.id)
    with transaction():
        places.withdraw(actor=settling.WORKER, now=clock.now(), booking=ended)
    checkout_service.execute_refunds(clock.now())
    refund = db.session.scalars(select(Refund)).one().gateway_id
    message = gateway.ProcessorMessage("evt_2", gateway.News.REFUND, refund)
    db.session.rollback()

    results = together(app, [lambda: clearing.hear(message)] * CROWD)

    assert errors(results) == []
    assert results.count(checkout_service.SettlementOutcome.REPEATED) == CROWD - 1
    assert count(WebhookEvent) == 1
    assert count(Entry, Entry.key.like("refund:%")) == 1


def test_many_clicks_at_once_open_one_page(app, family):
    parent_id, wishes = family.parent.id, [PaymentWish(family.booking.id)]
    db.session.rollback()

    def click():
        return checkout_service.begin(parent_id=parent_id, wishes=wishes)

    results = together(app, [click] * CROWD)

    assert errors(results) == []
    assert len(set(results)) == 1
    assert count(Payment) == 1
    assert count(DemoSession) == 1


def test_a_payment_and_a_lapse_at_once_leave_a_place_or_a_refund(app, family, paid):
    due_at = db.session.get_one(Booking, family.booking.id).reply_by_at
    db.session.rollback()

    def lapse():
        with transaction():
            return places.lapse_overdue(due_at)

    results = together(app, [lambda: checkout_service.settle(paid), lapse])

    assert errors(results) == []
    confirmed = db.session.get_one(Booking, family.booking.id).state is BookingState.CONFIRMED
    assert confirmed or count(Refund) == 1
    assert count(Refund) == (0 if confirmed else 1)


def test_refunds_carried_out_by_many_workers_go_out_once(app, family, paid):
    checkout_service.settle(paid)
    with transaction() as unit:
        places.withdraw(
            actor=settling.WORKER,
            now=clock.now(),
            booking=unit.get_one(Booking, family.booking.id),
        )

    results = together(app, [lambda: checkout_service.execute_refunds(clock.now())] * CROWD)

    assert errors(results) == []
    (refund,) = db.session.scalars(select(Refund))
    assert refund.state.value == "succeeded"
    assert sum(db.session.scalars(select(DemoSession)).one().refunds.values()) == 600
    assert count(Entry, Entry.key.like("refund:%")) == 1


@pytest.fixture
def siblings(app, db_session):
    """Two children of one parent, each with a charge of £6.00 before the place."""
    school = schools.make_school()
    event = checkout.make_fee_event(FeeKind.CHARGE, places=2)
    both = [checkout.make_family(event, school=school, forename=name) for name in ("Ada", "Ben")]
    for family in both:
        checkout.answer(family)
    db_session.rollback()
    return both


def basket(siblings):
    """Return the act that opens one page for both, read before any thread begins."""
    parent_id = siblings[0].parent.id
    wishes = [PaymentWish(family.booking.id) for family in siblings]
    db.session.rollback()
    return lambda: checkout_service.begin(parent_id=parent_id, wishes=wishes).url.rpartition("/")[2]


def test_many_settle_one_payment_of_two_places_at_once(app, siblings):
    session_id = basket(siblings)()
    checkout.pay_at_demo_processor(session_id)
    db.session.rollback()

    results = together(app, [lambda: checkout_service.settle(session_id)] * CROWD)

    assert errors(results) == []
    assert set(results) == {checkout_service.SettlementOutcome.PAID}
    assert count(Entry, Entry.key.like("payment:%")) == 2
    assert count(Entry, Entry.key.like("card-fee:%")) == 2
    assert len(mails("receipt")) == 2
    assert count(Booking, Booking.state == BookingState.CONFIRMED) == 2
    assert count(Refund) == 0


def test_two_paid_pages_for_one_order_at_once_are_one_payment_and_one_refund(app, siblings):
    """The processor opened two pages for one order; both were paid, both are settled at once."""
    first = basket(siblings)()
    with transaction() as unit:
        row = unit.get_one(DemoSession, first)
        twin = {c.key: getattr(row, c.key) for c in DemoSession.__table__.columns}
        unit.add(DemoSession(**{**twin, "id": "demo_second", "idempotency_key": "another"}))
    for session_id in (first, "demo_second"):
        checkout.pay_at_demo_processor(session_id)
    db.session.rollback()

    results = together(
        app,
        [lambda: checkout_service.settle(first), lambda: checkout_service.settle("demo_second")]
        * 3,
    )

    assert errors(results) == []
    assert sorted(set(results)) == [
        checkout_service.SettlementOutcome.PAID,
        checkout_service.SettlementOutcome.RETURNED,
    ]
    assert count(Payment) == 2
    assert count(Refund) == 2  # one for each line of the second page
    checkout_service.execute_refunds(clock.now())
    pages = [db.session.get_one(DemoSession, page) for page in (first, "demo_second")]
    assert sorted(sum(page.refunds.values()) for page in pages) == [0, 1200]
    assert count(Booking, Booking.state == BookingState.CONFIRMED) == 2


def test_a_page_is_closed_or_paid_and_never_both(app, siblings):
    """The basket changes in one tab while the other pays: whichever came first counts."""
    single = checkout_service.begin(
        parent_id=siblings[0].parent.id, wishes=[PaymentWish(siblings[0].booking.id)]
    )
    first = single.url.rpartition("/")[2]
    change = basket(siblings)

    def pay():
        checkout.pay_at_demo_processor(first)

    results = together(app, [pay, change])

    refused = {"AlreadyPaid", "SessionNotOpen"}
    assert set(errors(results)) <= refused
    checkout_service.settle_open(clock.now())
    checkout_service.execute_refunds(clock.now())
    paid = db.session.get_one(DemoSession, first).pays_at is not None
    assert db.session.get_one(DemoSession, first).status == ("complete" if paid else "expired")
    confirmed = db.session.get_one(Booking, siblings[0].booking.id).state is BookingState.CONFIRMED
    assert confirmed is paid
    assert count(Refund) == 0


def test_a_late_payment_of_two_places_and_a_lapse_at_once(app, siblings):
    session_id = basket(siblings)()
    checkout.pay_at_demo_processor(session_id)
    due_at = db.session.get_one(Booking, siblings[0].booking.id).reply_by_at
    db.session.rollback()

    def lapse():
        with transaction():
            return places.lapse_overdue(due_at)

    results = together(app, [lambda: checkout_service.settle(session_id), lapse] * 2)

    assert errors(results) == []
    confirmed = count(Booking, Booking.state == BookingState.CONFIRMED)
    assert confirmed + count(Refund) == 2


def test_one_place_withdrawn_while_both_are_settled(app, siblings):
    session_id = basket(siblings)()
    checkout.pay_at_demo_processor(session_id)
    booking_id = siblings[1].booking.id
    db.session.rollback()

    def withdraw():
        with transaction() as unit:
            places.withdraw(
                actor=settling.WORKER, now=clock.now(), booking=unit.get_one(Booking, booking_id)
            )

    results = together(app, [lambda: checkout_service.settle(session_id), withdraw])

    assert errors(results) == []
    checkout_service.execute_refunds(clock.now())
    assert db.session.get_one(Booking, siblings[0].booking.id).state is BookingState.CONFIRMED
    assert sum(db.session.get_one(DemoSession, session_id).refunds.values()) == 600
