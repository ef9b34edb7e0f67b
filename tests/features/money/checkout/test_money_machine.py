"""Whatever families, the school, the processor and the clock do, in any order, no pound is lost.

Two families with three parents, three events, and a Stripe with a clock of its own: pages open,
are paid, declined, forgotten or run out, slow methods take days, messages come late, twice and
shuffled, refunds are pending and fail, places lapse and go to others, an event is cancelled, the
line to the processor is down. After each step the books are sound; in the end, when it has
finished and the worker has run, each pound is on exactly one booking, given back or to explain.

FAIRPLACE_EXAMPLES=500 runs more examples, FAIRPLACE_STEPS=80 longer ones.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, timedelta
from typing import Any

import pytest
import time_machine as travelling
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
)
from sqlalchemy import select

from booking.days.events.models import Event, EventState
from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import SEATED, BookingState, MoveNotAllowed
from booking.domain.charging import FeeKind
from booking.domain.payment_states import MoveNotAllowed as MoneyMoveNotAllowed
from booking.domain.payment_states import RefundState
from booking.domain.permissions import COMMAND
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.checkout.queries import together
from booking.money.checkout.service import MoreThanAsked
from booking.money.payments import gateway
from booking.money.payments import service as payments
from booking.money.payments.models import Method, Payment, PaymentLine, Refund
from booking.money.payments.stripe_adapter import gateway as stripe_gateway
from booking.people.pupils.models import Parent
from booking.people.pupils.service import ParentDetails
from booking.upkeep import doctor
from tests import machines
from tests.builders import checkout, events, pupils, schools
from tests.builders import places as seats
from tests.conftest import TERM_TIME_MORNING, dispose
from tests.features.money.checkout import accounting, simulated
from tests.features.money.payments.conftest import WEBHOOK_SECRET

#: What a step may say no to; nothing else may go wrong.
REFUSALS = (
    service.AlreadyPaid,
    service.NotPayable,
    service.NothingAsked,
    MoreThanAsked,
    payments.AmountTooSmall,
    payments.AmountTooLarge,
    payments.MoreThanLeft,
    payments.NothingToRefund,
    gateway.GatewayUnavailable,
    MoveNotAllowed,
    MoneyMoveNotAllowed,
    places.PlaceRefused,
)
#: What must hold after every step; the ledger's and the trail's chains are sealed elsewhere.
ALWAYS = ("A payment is the sum", "Every payment that was taken", "No event has more")
#: Long enough for every page to expire and every wait of ours to end.
LATER = timedelta(days=25)
ANY = st.integers(0, 30)
PICKED = st.sampled_from([{0, 1, 2, 3}, {0, 1}, {1, 2}, {2, 3}, {0}, {1}, {2}])
OWN = st.integers(30, 900)
#: Rare things happen when this is 0.
RARE = st.integers(0, 4)


class Till(RuleBasedStateMachine):
    """Three parents of two families, a school, a processor, and a worker that sometimes runs."""

    app: Any
    database: Any
    processor: simulated.Simulated

    def __init__(self) -> None:
        super().__init__()
        dispose(self.app)
        self.database.bring_back()
        self.processor.forget()
        self.now = TERM_TIME_MORNING.astimezone(UTC)
        self.travel = travelling.travel(self.now, tick=False)
        self.traveller = self.travel.start()
        self.context = self.app.app_context()
        self.context.push()
        self.client = self.app.test_client()
        #: The pages that parents were sent to; nobody can pay on any other.
        self.known: list[str] = []
        #: The bookings with a charge that were confirmed when we last looked.
        self.confirmed: set[int] = set()

    def teardown(self) -> None:
        """Let everything finish, count, and leave the machine's time and database."""
        try:
            self._come_to_an_end()
            self._count()
        finally:
            db.session.rollback()
            db.session.remove()
            self.context.pop()
            self.travel.stop()

    # What there is to choose from.

    def _parents(self) -> list[int]:
        """Return the three who have something to pay for."""
        return list(db.session.scalars(select(Parent.id).order_by(Parent.id).limit(3)))

    def _booking(self, number: int, *states: BookingState) -> Booking | None:
        rows = select(Booking).where(Booking.state.in_(states)).order_by(Booking.id)
        found = db.session.scalars(rows).all()
        return found[number % len(found)] if found else None

    def _page(self, number: int, *states: str) -> Any:
        found = [page for page in self.processor.pages(*states) if page["id"] in self.known]
        return found[number % len(found)] if found else None

    def _to_hand_over(self) -> list[Refund]:
        by_hand = select(Refund).join(Payment).where(Payment.method != Method.CARD)
        waiting = by_hand.where(Refund.state == RefundState.REQUESTED).order_by(Refund.id)
        return list(db.session.scalars(waiting))

    def _act(self, act: Callable[[], object]) -> None:
        with suppress(*REFUSALS), transaction():
            act()
        db.session.rollback()

    # Parents.

    @rule(number=ANY, picked=PICKED, own=OWN)
    def go_to_the_processor(self, number: int, picked: set[int], own: int) -> None:
        """Choose some of what is waiting; a contribution is whatever the parent likes to give."""
        parents = self._parents()
        parent_id = parents[number % len(parents)]
        items = together.payable(parent_id, self.now)
        chosen = [items[n % len(items)] for n in picked] if items else []
        wishes = {
            item.key: PaymentWish(item.booking.id, own if item.voluntary else None)
            for item in chosen
        }
        db.session.rollback()
        if wishes:
            with suppress(*REFUSALS):
                page = service.begin(parent_id=parent_id, wishes=list(wishes.values()))
                self.known.append(page.url.rpartition("/")[2])
        db.session.rollback()

    @precondition(lambda self: self.processor.pages("open"))
    @rule(number=ANY, fee_known=st.booleans())
    def pay(self, number: int, fee_known: bool) -> None:
        if page := self._page(number, "open"):
            self.processor.pay(page["id"], fee=simulated.FEE if fee_known else None)

    @rule(number=ANY, picked=PICKED, own=OWN, comes_back=st.booleans())
    def go_to_the_processor_and_pay(
        self, number: int, picked: set[int], own: int, comes_back: bool
    ) -> None:
        self.go_to_the_processor(number=number, picked=picked, own=own)
        if self.known and (page := self.processor.sessions[self.known[-1]])["status"] == "open":
            self.processor.pay(page["id"])
            if comes_back:
                self.come_back(number=len(self.known) - 1)

    @rule(number=ANY, picked=PICKED, own=OWN, before=st.booleans(), what=st.integers(0, 5))
    def pay_while_something_happens(
        self, number: int, picked: set[int], own: int, before: bool, what: int
    ) -> None:
        """Change things in the middle of a payment: its page is open, or paid and not settled."""
        self.go_to_the_processor(number=number, picked=picked, own=own)
        if not self.known or self.processor.sessions[self.known[-1]]["status"] != "open":
            return
        session_id = self.known[-1]
        if not before:
            self.processor.pay(session_id)
        (
            lambda: self.give_the_place_back(number=own, sure=0),
            lambda: self.take_cash(number=own, pence=own % 500 + 1, sure=0),
            lambda: self.remit(number=own, sure=0),
            lambda: self.cancel_an_event(number=own, sure=0),
            self.wait_for_an_answer,
            lambda: self.go_to_the_processor_and_pay(
                number=number + 1, picked=picked, own=own, comes_back=True
            ),
        )[what]()
        if self.processor.sessions[session_id]["status"] == "open":
            self.processor.pay(session_id)

    @precondition(lambda self: self.processor.pages("open"))
    @rule(number=ANY)
    def pay_slowly(self, number: int) -> None:
        if page := self._page(number, "open"):
            self.processor.pay(page["id"], delayed=True)

    @precondition(lambda self: self.processor.pages("open"))
    @rule(number=ANY)
    def have_a_card_declined(self, number: int) -> None:
        if page := self._page(number, "open"):
            self.processor.decline(page["id"])

    @precondition(lambda self: self.known)
    @rule(number=ANY)
    def come_back(self, number: int) -> None:
        with suppress(*REFUSALS):
            service.settle(self.known[number % len(self.known)])
        db.session.rollback()

    @rule(number=ANY, sure=RARE)
    def give_the_place_back(self, number: int, sure: int) -> None:
        booking = self._booking(number, BookingState.INVITED, BookingState.CONFIRMED)
        if booking and sure < 3:
            self._act(lambda: places.withdraw(actor=COMMAND, now=self.now, booking=booking))

    # The school.

    @rule(number=ANY, sure=RARE)
    def remit(self, number: int, sure: int) -> None:
        booking = self._booking(number, BookingState.INVITED)
        if booking and sure == 0:
            self._act(lambda: service.remit(actor=COMMAND, now=self.now, booking=booking))

    @rule(number=ANY, pence=st.integers(1, 700), sure=RARE)
    def take_cash(self, number: int, pence: int, sure: int) -> None:
        booking = self._booking(number, BookingState.INVITED, BookingState.CONFIRMED)
        if booking and sure == 0:
            self._act(
                lambda: service.receive_money(
                    actor=COMMAND,
                    now=self.now,
                    booking=booking,
                    method=Method.CASH,
                    amount_pence=pence,
                )
            )

    @rule(number=ANY)
    def hand_money_over(self, number: int) -> None:
        if refunds := self._to_hand_over():
            refund = refunds[number % len(refunds)]
            self._act(lambda: service.give_back_by_hand(actor=COMMAND, now=self.now, refund=refund))

    @rule(number=ANY, pence=st.integers(1, 700))
    def give_money_back(self, number: int, pence: int) -> None:
        lines = db.session.scalars(select(PaymentLine).order_by(PaymentLine.id)).all()
        if lines:
            line = lines[number % len(lines)]
            self._act(
                lambda: service.refund(
                    actor=COMMAND, now=self.now, line=line, reason="Asked", amount_pence=pence
                )
            )

    @rule(number=ANY, sure=RARE)
    def cancel_an_event(self, number: int, sure: int) -> None:
        rows = select(Event).where(Event.state == EventState.PUBLISHED).order_by(Event.id)
        found = db.session.scalars(rows).all()
        if found and sure == 0:
            events.cancel_event(found[number % len(found)])
            db.session.rollback()

    # The processor.

    @precondition(lambda self: self.processor.pages("delayed"))
    @rule(number=ANY, paid=st.booleans())
    def finish_slow_money(self, number: int, paid: bool) -> None:
        if page := self._page(number, "delayed"):
            self.processor.finish(page, paid=paid)

    @precondition(lambda self: self.processor.refunds_that_are("pending"))
    @rule(number=ANY, paid=st.booleans())
    def finish_a_refund(self, number: int, paid: bool) -> None:
        found = self.processor.refunds_that_are("pending")
        self.processor.finish_refund(found[number % len(found)], paid=paid)

    @precondition(lambda self: self.processor.refunds_that_are("succeeded"))
    @rule(number=ANY, sure=RARE)
    def send_a_refund_back_late(self, number: int, sure: int) -> None:
        found = self.processor.refunds_that_are("succeeded")
        if sure == 0:
            self.processor.finish_refund(found[number % len(found)], paid=False)

    @precondition(lambda self: self.processor.without_fee())
    @rule(number=ANY)
    def tell_a_fee(self, number: int) -> None:
        found = self.processor.without_fee()
        self.processor.tell_fee(found[number % len(found)])

    @precondition(lambda self: self.processor.pages("paid"))
    @rule(number=ANY, pence=st.integers(1, 700), sure=RARE)
    def give_money_back_at_the_processor(self, number: int, pence: int, sure: int) -> None:
        """Somebody in the office uses Stripe's own pages; our books hear of it."""
        page = self._page(number, "paid")
        left = page["amount_total"] - page["_refunded"] if page else 0
        if left and sure == 0:
            self.processor.make_refund(page, amount=min(pence, left))

    @rule(number=ANY, picked=PICKED, sure=RARE, back=st.integers(0, 700))
    def take_money_under_another_name(
        self, number: int, picked: set[int], sure: int, back: int
    ) -> None:
        """Pay under a reference that the processor confused; some may go back unexplained."""
        if sure == 0:
            self.go_to_the_processor(number=number, picked=picked, own=back + 30)
        page = self._page(number, "open")
        if page and sure == 0:
            self.processor.pay(page["id"], client_reference_id="somebody-elses")
            if back:
                self.processor.make_refund(page, amount=min(back, page["amount_total"]))

    @precondition(lambda self: self.processor.books.events)
    @rule(number=ANY, times=st.integers(1, 3))
    def deliver_a_message(self, number: int, times: int) -> None:
        for _ in range(times):
            response = self.processor.deliver(
                self.client, number % len(self.processor.books.events)
            )
            assert response.status_code in {200, 503}, response.text

    @precondition(lambda self: self.known)
    @rule(calls=st.integers(1, 3), sure=RARE)
    def fall_silent(self, calls: int, sure: int) -> None:
        self.processor.faults[:] = [429] * (calls if sure < 2 else 0)

    # The worker and the clock.

    @precondition(lambda self: self.known)
    @rule()
    def sweep(self) -> None:
        service.settle_open(self.now)
        db.session.rollback()

    @precondition(lambda self: self.processor.pages("paid"))
    @rule(slow=st.booleans())
    def carry_out_refunds(self, slow: bool) -> None:
        self.processor.slow_refunds = slow
        service.execute_refunds(self.now)
        db.session.rollback()

    @rule(hours=st.sampled_from([1, 1, 6, 24, 72]))
    def time_passes(self, hours: int) -> None:
        if self.now < TERM_TIME_MORNING + timedelta(days=20):
            self._be_later(timedelta(hours=hours))

    @rule()
    def wait_for_an_answer(self) -> None:
        """Let the next deadline of a parent pass."""
        asked = select(Booking.reply_by_at).where(Booking.state == BookingState.INVITED)
        due = [at for at in db.session.scalars(asked) if at is not None]
        db.session.rollback()
        if due:
            self._be_later(max(timedelta(), min(due) - self.now))

    def _be_later(self, by: timedelta) -> None:
        self.now += by
        self.traveller.move_to(self.now)
        self.processor.tick(self.now)
        if by >= timedelta(days=1):
            self.processor.forget_keys()
        self._act(lambda: seats.sweep_replies(self.now))
        self._act(lambda: places.expire_offers(self.now))

    # What is always true, and what is true in the end.

    @invariant()
    def the_books_are_sound(self) -> None:
        """Check what may never be wrong, not even briefly."""
        checks = [check for check in doctor.checks() if check.promise.startswith(ALWAYS)]
        assert len(checks) == len(ALWAYS)
        assert [problem for check in checks for problem in check.problems()] == []
        assert list(accounting.bookings()) == []
        assert list(accounting.settled_and_waiting()) == []
        assert self._confirmed_too_soon() == []
        db.session.rollback()

    def _come_to_an_end(self) -> None:
        self.processor.faults.clear()
        self.processor.slow_refunds = False
        for number, page in enumerate(self.processor.pages("delayed")):
            self.processor.finish(page, paid=number % 2 == 0)
        for page in self.processor.without_fee():
            self.processor.tell_fee(page)
        for later in (timedelta(hours=1), LATER, timedelta(hours=1)):
            self._be_later(later)
            for refund in self.processor.refunds_that_are("pending"):
                self.processor.finish_refund(refund, paid=True)
            for number in range(len(self.processor.books.events)):
                assert self.processor.deliver(self.client, number).status_code == 200
            self.sweep()
            service.execute_refunds(self.now)
            for _ in self._to_hand_over():
                self.hand_money_over(number=0)

    def _count(self) -> None:
        assert accounting.problems(self.processor) == []
        assert accounting.unsaid() == []
        assert self._unfinished() == []
        assert self.processor.pages("open") == []
        assert self._unpaid_for() == []
        self.processor.check_objects()

    def _unfinished(self) -> list[str]:
        waiting = (RefundState.REQUESTED, RefundState.PENDING)
        refunds = db.session.scalars(select(Refund).where(Refund.state.in_(waiting)))
        opened = db.session.scalars(select(Payment).where(Payment.state == "opened"))
        return [f"refund {row.id}" for row in refunds] + [f"payment {row.id}" for row in opened]

    def _confirmed_too_soon(self) -> list[str]:
        """Return what was confirmed in this step while some of its charge was still to come."""
        charged = select(Booking).join(Booking.event).where(Event.fee_kind == FeeKind.CHARGE)
        rows = db.session.scalars(charged.where(Booking.state == BookingState.CONFIRMED)).all()
        fresh = [booking for booking in rows if booking.id not in self.confirmed]
        self.confirmed = {booking.id for booking in rows}
        due = {booking.id: service.amount_due(booking) for booking in fresh}
        return [f"booking {key}: {due[key]} is still to come" for key in due if due[key]]

    def _unpaid_for(self) -> list[str]:
        """A place waiting for a charge is confirmed only by money or by the school."""
        rows = (
            select(Booking)
            .join(Booking.event)
            .where(
                Event.fee_kind == FeeKind.CHARGE, Booking.state.in_(SEATED - {BookingState.INVITED})
            )
        )
        return [
            f"booking {booking.id} was confirmed for nothing"
            for booking in db.session.scalars(rows)
            if service.amount_due(booking) and not self._was_paid(booking)
        ]

    def _was_paid(self, booking: Booking) -> bool:
        """Return whether the charge was once met, even if the school gave money back later."""
        lines = select(PaymentLine).join(Payment).where(PaymentLine.booking_id == booking.id)
        held = lines.where(Payment.state.in_(("paid", "part_refunded", "refunded")))
        paid = sum(line.amount_pence for line in db.session.scalars(held))
        return paid >= booking.event.fee_pence


@pytest.fixture
def till(app, test_database):
    """A machine for two families, restored for each of its runs."""
    with app.app_context():
        _build()
        db.session.remove()
    demo = app.extensions[gateway.EXTENSION]
    with simulated.server() as processor:
        stripe = stripe_gateway.StripeGateway(
            secret_key="sk_test_x", webhook_secrets=(WEBHOOK_SECRET,), api_base=processor.url
        )
        app.extensions[gateway.EXTENSION] = stripe
        yield machines.remembered(Till, app, test_database, processor=processor)
        app.extensions[gateway.EXTENSION] = demo
        stripe.close()


def _build() -> None:
    """Ada has two parents, Ben is her brother, Cy is of another family; two wait for a place."""
    schools.make_terms()
    school = schools.make_school()
    puzzles = checkout.make_fee_event(FeeKind.CHARGE, title="Puzzle day", places=3)
    later = [events.one_date(puzzles.first_starts_at + timedelta(days=7))]
    workshop = checkout.make_fee_event(FeeKind.CHARGE, title="Workshop", places=2, dates=later)
    walk = checkout.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION, title="Walk", places=5)
    both = [
        ParentDetails("Sam Okoro", "sam@parents.example"),
        ParentDetails("Ngozi Okoro", "ngozi@parents.example"),
    ]
    ada, ben, cy = (
        pupils.make_pupil(school=school, forename=name, year_group=puzzles.low_year, parents=of)
        for name, of in (
            ("Ada", both),
            ("Ben", both[:1]),
            ("Cy", [ParentDetails("Kim", "kim@parents.example")]),
        )
    )
    named = [(puzzles, ada), (puzzles, ben), (puzzles, cy), (workshop, ada), (workshop, cy)]
    for event, pupil in [*named, (walk, ben), (walk, cy)]:
        booking = seats.make_booking(event=event, school=school, pupil=pupil)
        with transaction():
            service.answer(
                actor=COMMAND, now=booking.invited_at, booking=booking, answers=checkout.answers()
            )
    for event in (puzzles, workshop):
        seats.reserve(event, school)


@pytest.mark.machine
def test_no_pound_is_lost_whatever_people_the_processor_and_the_clock_do(till, engine_kind):
    machines.run(till, engine_kind=engine_kind, examples=10, steps=30)
