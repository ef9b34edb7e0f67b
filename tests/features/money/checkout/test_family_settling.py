"""One payment by a family, settled line by line: each place is decided separately."""

from dataclasses import dataclass

import pytest
from sqlalchemy import func, select

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.payment_states import FundingStatus, PaymentState, RefundState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.models import Funding
from booking.money.clearing import service as clearing
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments import gateway
from booking.money.payments.models import Method, Payment, PaymentLine, Refund
from booking.people.schools.models import School
from tests.builders import checkout, events, schools
from tests.builders import places as seats
from tests.builders.stored import mails
from tests.features.money.checkout import accounting

WORKSHOP = [FeePart("Coach", 150, Fund.EVENTS), FeePart("CPD fund", 50, Fund.CPD)]


@dataclass(frozen=True)
class Siblings:
    """Ada has a place at the puzzle day (£6.00), Ben at the workshop (£2.00)."""

    school: School
    ada: checkout.Family
    ben: checkout.Family

    @property
    def wishes(self) -> list[PaymentWish]:
        """Return the basket for paying for both."""
        return [PaymentWish(family.booking.id) for family in (self.ada, self.ben)]


@pytest.fixture
def siblings(processor):
    school = schools.make_school()
    puzzles = checkout.make_fee_event(FeeKind.CHARGE, title="Puzzle day", places=1)
    workshop = checkout.make_fee_event(
        FeeKind.CHARGE, title="Workshop", places=1, fee_pence=200, fee_parts=WORKSHOP
    )
    ada = checkout.make_family(puzzles, school=school, forename="Ada")
    ben = checkout.make_family(workshop, school=school, forename="Ben")
    for family in (ada, ben):
        checkout.answer(family)
    return Siblings(school, ada, ben)


def begin(siblings):
    url = service.begin(parent_id=siblings.ada.parent.id, wishes=siblings.wishes).url
    return url.rpartition("/")[2]


@pytest.fixture
def paid(processor, siblings):
    """Provide the page on which both were paid for, and settled."""
    session_id = begin(siblings)
    processor.pay(session_id)
    assert service.settle(session_id) is service.SettlementOutcome.PAID
    return session_id


def states(*families):
    db.session.rollback()
    return [db.session.get_one(Booking, family.booking.id).state for family in families]


def lines():
    db.session.rollback()
    rows = db.session.scalars(select(PaymentLine).order_by(PaymentLine.id))
    return [(row.amount_pence, row.refunded_pence) for row in rows]


def income(event):
    """Return what the ledger holds as income of an event, by part."""
    rows = db.session.execute(
        select(EntryLine.memo, EntryLine.fund, func.sum(-EntryLine.pence))
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(Entry.event_id == event.id, EntryLine.account == "income:charges")
        .group_by(EntryLine.memo, EntryLine.fund)
    )
    return {(memo, fund.value): pence for memo, fund, pence in rows if pence}


def lapse(family):
    seats.let_lapse(family.booking)


def withdraw(family):
    with transaction() as unit:
        booking = unit.get_one(Booking, family.booking.id)
        places.withdraw(actor=COMMAND, now=clock.now(), booking=booking)


def test_the_processor_is_told_of_two_lines_and_one_reference(processor, siblings):
    begin(siblings)

    (call,) = [call for call in processor.calls if call.method == "POST"]
    amounts = [item["price_data"]["unit_amount"] for item in call.params["line_items"]]
    assert amounts == [600, 200]
    assert call.params["submit_type"] == "book"
    assert call.params["client_reference_id"] == call.params["metadata"]["payment"]


def test_each_line_is_posted_by_its_own_events_breakdown(processor, siblings, paid):
    assert income(siblings.ada.booking.event) == {
        ("speaker", "events"): 340,
        ("administration", "admin"): 60,
        ("CPD", "cpd"): 200,
    }
    assert income(siblings.ben.booking.event) == {("Coach", "events"): 150, ("CPD fund", "cpd"): 50}
    assert states(siblings.ada, siblings.ben) == [BookingState.CONFIRMED, BookingState.CONFIRMED]
    assert accounting.problems(processor) == []


def test_the_card_fee_is_shared_by_the_lines_and_adds_up(processor, siblings, paid):
    fees = dict(
        db.session.execute(
            select(Entry.event_id, func.sum(EntryLine.pence))
            .join(EntryLine, EntryLine.entry_id == Entry.id)
            .where(EntryLine.account == "expenses:card-fees")
            .group_by(Entry.event_id)
        ).all()
    )

    assert fees == {siblings.ada.booking.event_id: 26, siblings.ben.booking.event_id: 9}


def test_settling_again_changes_nothing(processor, siblings, paid):
    before = db.session.scalar(select(func.count()).select_from(Entry))

    assert [service.settle(paid) for _ in range(3)] == [service.SettlementOutcome.PAID] * 3
    service.settle_open(clock.now())

    assert db.session.scalar(select(func.count()).select_from(Entry)) == before
    assert len(mails("receipt")) == 2


def test_giving_one_place_back_leaves_the_other_and_its_money(processor, siblings, paid):
    withdraw(siblings.ben)
    service.execute_refunds(clock.now())

    assert lines() == [(600, 0), (200, 200)]
    assert db.session.scalars(select(Payment)).one().state is PaymentState.PART_REFUNDED
    assert states(siblings.ada, siblings.ben) == [BookingState.CONFIRMED, BookingState.WITHDRAWN]
    assert [row["amount"] for row in processor.refunds.values()] == [200]
    assert income(siblings.ben.booking.event) == {}
    assert sum(income(siblings.ada.booking.event).values()) == 600
    assert accounting.problems(processor) == []


def test_a_cancelled_event_returns_its_own_line_and_no_other(processor, siblings, paid):
    events.cancel_event(siblings.ada.booking.event)
    service.execute_refunds(checkout.after_choice())

    assert lines() == [(600, 600), (200, 0)]
    assert states(siblings.ada, siblings.ben) == [BookingState.CANCELLED, BookingState.CONFIRMED]
    status = db.session.get_one(Funding, siblings.ben.booking.id).status
    assert status is FundingStatus.RECEIVED
    assert accounting.problems(processor) == []


def test_a_refund_that_fails_brings_back_its_own_line(processor, siblings, paid):
    withdraw(siblings.ben)
    withdraw(siblings.ada)
    service.execute_refunds(clock.now())
    (refund,) = [row for row in processor.refunds.values() if row["amount"] == 200]
    processor.books.came_back(refund)

    clearing.hear(gateway.ProcessorMessage("evt_1", gateway.News.REFUND, refund["id"]))

    assert lines() == [(600, 600), (200, 0)]
    row = db.session.scalars(select(Refund).where(Refund.gateway_id == refund["id"])).one()
    assert (row.state, row.line.booking_id) == (RefundState.FAILED, siblings.ben.booking.id)
    assert accounting.problems(processor) == []


def test_late_with_one_place_gone_seats_the_rest_and_returns_that_line_only(processor, siblings):
    session_id = begin(siblings)
    processor.pay(session_id)
    lapse(siblings.ada)
    lapse(siblings.ben)
    checkout.make_family(
        siblings.ada.booking.event, parent_email="next@parents.example", forename="Next"
    )

    assert service.settle(session_id) is service.SettlementOutcome.PAID
    service.execute_refunds(clock.now())

    assert states(siblings.ada, siblings.ben) == [BookingState.LAPSED, BookingState.CONFIRMED]
    assert lines() == [(600, 600), (200, 0)]
    (told,) = mails("payment_returned")
    assert "£6.00 for Ada at “Puzzle day”" in told.text
    assert "write to you separately" in told.text
    (receipt,) = mails("receipt")
    assert "“Workshop”" in receipt.text
    assert accounting.problems(processor) == []


def test_the_page_says_what_stays_and_what_goes_back(processor, stripe_app, siblings):
    client = stripe_app.test_client()
    session_id = begin(siblings)
    processor.pay(session_id)
    lapse(siblings.ada)
    checkout.make_family(
        siblings.ada.booking.event, parent_email="next@parents.example", forename="Next"
    )

    page = client.get(f"{siblings.ben.url}/paid").get_data(as_text=True)

    assert "Part of your money is being returned to you" in page
    assert "£2.00 was received, £6.00 will go back to your card" in page
    assert "Ada: Puzzle day, £6.00: £6.00 will go back. The place had gone to another pupil" in page
    assert "Ben: Workshop, £2.00: received" in page


def test_both_places_gone_returns_everything(processor, siblings):
    session_id = begin(siblings)
    processor.pay(session_id)
    withdraw(siblings.ada)
    withdraw(siblings.ben)

    assert service.settle(session_id) is service.SettlementOutcome.RETURNED
    assert service.execute_refunds(clock.now()) == 2

    assert db.session.scalars(select(Payment)).one().state is PaymentState.REFUNDED
    assert accounting.problems(processor) == []


def test_what_was_paid_alone_meanwhile_goes_back_and_the_rest_stays(processor, siblings):
    """The other parent paid for Ada while the basket was open, and both pages were paid on."""
    both = begin(siblings)
    with transaction() as unit:
        line = unit.scalars(select(PaymentLine).order_by(PaymentLine.id)).first()
        unit.add(
            Payment(
                public_id="alone",
                amount_pence=600,
                state=PaymentState.OPENED,
                session_id="cs_alone",
                parent_id=None,
                lines=[
                    PaymentLine(
                        number=1,
                        booking_id=line.booking_id,
                        event_id=line.event_id,
                        amount_pence=600,
                    )
                ],
            )
        )
    processor.sessions["cs_alone"] = {
        **processor.sessions[both],
        "id": "cs_alone",
        "client_reference_id": "alone",
        "metadata": {"payment": "alone"},
        "amount_total": 600,
    }
    processor.pay("cs_alone")
    processor.pay(both)

    assert service.settle("cs_alone") is service.SettlementOutcome.PAID
    assert service.settle(both) is service.SettlementOutcome.PAID
    service.execute_refunds(clock.now())

    assert lines() == [(600, 600), (200, 0), (600, 0)]
    assert states(siblings.ada, siblings.ben) == [BookingState.CONFIRMED, BookingState.CONFIRMED]
    assert accounting.problems(processor) == []


def test_a_second_page_for_one_order_goes_back_line_by_line(processor, siblings):
    first = begin(siblings)
    processor.sessions["cs_second"] = {**processor.sessions[first], "id": "cs_second"}
    processor.pay(first)
    processor.pay("cs_second")

    assert service.settle(first) is service.SettlementOutcome.PAID
    assert service.settle("cs_second") is service.SettlementOutcome.RETURNED
    assert service.settle("cs_second") is service.SettlementOutcome.RETURNED
    service.execute_refunds(clock.now())

    assert lines() == [(600, 0), (200, 0), (600, 600), (200, 200)]
    assert accounting.problems(processor) == []


def test_the_page_that_was_paid_first_counts_whichever_we_knew(processor, siblings):
    known = begin(siblings)
    processor.sessions["cs_second"] = {**processor.sessions[known], "id": "cs_second"}
    processor.pay("cs_second")
    assert service.settle("cs_second") is service.SettlementOutcome.PAID
    processor.pay(known)
    assert service.settle(known) is service.SettlementOutcome.RETURNED
    service.execute_refunds(clock.now())

    assert lines() == [(600, 0), (200, 0), (600, 600), (200, 200)]
    assert states(siblings.ada, siblings.ben) == [BookingState.CONFIRMED, BookingState.CONFIRMED]
    assert accounting.problems(processor) == []


def test_a_charge_whose_first_payment_is_going_back_can_be_paid_again(processor, siblings):
    """Part was paid in cash and must be handed back, so the charge asks for all of it again."""
    with transaction() as unit:
        paid = service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            method=Method.CASH,
            amount_pence=400,
            booking=unit.get_one(Booking, siblings.ada.booking.id),
        )
        service.refund(actor=COMMAND, now=clock.now(), line=paid.lines[0], reason="Asked")
    session_id = checkout.begin(siblings.ada)
    assert processor.sessions[session_id]["amount_total"] == 600
    processor.pay(session_id)

    assert service.settle(session_id) is service.SettlementOutcome.PAID

    assert states(siblings.ada) == [BookingState.CONFIRMED]
    assert lines() == [(400, 0), (600, 0)]


def test_a_second_page_that_took_another_amount_is_parked(processor, siblings):
    first = begin(siblings)
    processor.sessions["cs_second"] = {**processor.sessions[first], "id": "cs_second"}
    processor.pay(first)
    processor.pay("cs_second", amount_total=777)

    service.settle(first)
    assert service.settle("cs_second") is service.SettlementOutcome.PARKED

    states_ = [row.state for row in db.session.scalars(select(Payment).order_by(Payment.id))]
    assert states_ == [PaymentState.PAID, PaymentState.TO_EXPLAIN]
    assert processor.refunds == {}


def test_a_total_that_does_not_match_parks_every_line(processor, siblings):
    session_id = begin(siblings)
    processor.pay(session_id, amount_total=600)

    assert service.settle(session_id) is service.SettlementOutcome.PARKED

    assert states(siblings.ada, siblings.ben) == [BookingState.INVITED, BookingState.INVITED]
    payment = db.session.scalars(select(Payment)).one()
    assert payment.to_explain == "The card processor took £6.00; we asked for £8.00."
    assert income(siblings.ada.booking.event) == {}


@pytest.mark.parametrize("field", ["client_reference_id", "metadata"])
def test_money_that_names_us_only_once_is_parked_and_not_dropped(processor, siblings, field):
    session_id = begin(siblings)
    with transaction() as unit:  # the answer was lost: only a reference can find the payment
        unit.scalars(select(Payment)).one().session_id = None
    lie = {"metadata": {"payment": "another"}, "client_reference_id": "another"}[field]
    processor.pay(session_id, **{field: lie})

    assert service.settle(session_id) is service.SettlementOutcome.PARKED

    assert db.session.scalars(select(Payment)).one().state is PaymentState.TO_EXPLAIN


def test_more_than_was_still_to_come_goes_back(processor, siblings):
    """£4.00 came in cash while the page for £6.00 was open."""
    session_id = checkout.begin(siblings.ada)
    with transaction() as unit:
        service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            method=Method.CASH,
            amount_pence=400,
            booking=unit.get_one(Booking, siblings.ada.booking.id),
        )
    processor.pay(session_id)

    assert service.settle(session_id) is service.SettlementOutcome.PAID
    service.execute_refunds(clock.now())

    assert sorted(lines()) == [(400, 0), (600, 400)]
    assert states(siblings.ada) == [BookingState.CONFIRMED]
    assert [row["amount"] for row in processor.refunds.values()] == [400]
    assert db.session.get_one(Funding, siblings.ada.booking.id).status is FundingStatus.RECEIVED
    assert accounting.problems(processor) == []


def test_so_little_is_left_that_no_card_can_pay_it(processor, stripe_app, siblings):
    with transaction() as unit:
        service.receive_money(
            actor=COMMAND,
            now=clock.now(),
            method=Method.CASH,
            amount_pence=590,
            booking=unit.get_one(Booking, siblings.ada.booking.id),
        )
    client = stripe_app.test_client()

    page = client.get(f"{siblings.ada.url}/charge").get_data(as_text=True)
    answer = client.post(f"{siblings.ada.url}/charge")

    assert "The smallest card payment is 30p. Please pay this" in page
    assert (answer.status_code, answer.location) == (303, f"{siblings.ada.url}/charge")
    assert processor.calls == []


def test_a_settled_charge_closes_the_page_that_still_asks_for_it(processor, siblings):
    session_id = begin(siblings)
    with transaction() as unit:
        booking = unit.get_one(Booking, siblings.ben.booking.id)
        service.remit(actor=COMMAND, now=clock.now(), booking=booking)

    service.settle_open(clock.now())

    assert processor.sessions[session_id]["status"] == "expired"
    assert db.session.scalars(select(Payment)).one().state is PaymentState.LAPSED
