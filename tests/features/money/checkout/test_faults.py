"""Something breaks at every step of the way, one after another: no pound is lost.

A family opens a page for one child, then one for both, pays on whatever page it was given, is
settled by a message, comes back, and one place is withdrawn. In each run one call to the processor
fails in one way, or one commit; then the parent, the sweep and the refunds simply continue.
"""

from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy import event as listening
from sqlalchemy import select
from sqlalchemy.orm import Session

from booking.days.places import service as places
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.charging import FeeKind
from booking.domain.payment_states import RefundState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.details import PaymentWish
from booking.money.clearing import service as clearing
from booking.money.payments import gateway
from booking.money.payments.models import Payment, Refund
from tests.builders import checkout, schools
from tests.conftest import clean
from tests.features.money.checkout import accounting

pytestmark = pytest.mark.machine
#: The calls of the port that reach another company's computer.
CALLS = {"open_session", "session", "expire", "refund", "refund_now", "refunds_of"}


class Crash(BaseException):
    """The process has died: nobody catches this."""


class Fault(StrEnum):
    """What goes wrong with one call."""

    NEVER_SENT = "the processor cannot be reached"
    ANSWER_LOST = "it took effect, and its answer was lost"
    FAULT_WITHOUT_EFFECT = "a 500, and nothing had happened"
    FAULT_AFTER_EFFECT = "a 500, though it had taken effect"
    CRASH_BEFORE = "the process dies before the call"
    CRASH_AFTER = "the process dies between the call and the record"


class Faulty:
    """The processor behind a connection that breaks once, at a given call."""

    def __init__(self, processor: Any) -> None:
        self.processor, self.live = processor, processor.live
        self.count, self.at, self.fault = 0, 0, Fault.NEVER_SENT
        #: Keys for which the processor keeps repeating its own failure.
        self.poisoned: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        real = getattr(self.processor, name)
        return lambda *given: self._call(real, given) if name in CALLS else real(*given)

    def break_at(self, at: int, fault: Fault) -> None:
        """Make one call from now fail; 0 for none."""
        self.count, self.at, self.fault = 0, at, fault

    def _call(self, real: Callable[..., Any], given: tuple[Any, ...]) -> Any:
        key = getattr(given[0], "key", "")
        if key in self.poisoned:
            raise gateway.GatewayUnavailable("the same 500 again", answered=True)
        self.count += 1
        return self._break(real, given, key) if self.count == self.at else real(*given)

    def _break(self, real: Callable[..., Any], given: tuple[Any, ...], key: str) -> Any:
        if self.fault is Fault.CRASH_BEFORE:
            raise Crash
        if self.fault is Fault.NEVER_SENT:
            raise gateway.GatewayUnavailable("no route")
        if self.fault is not Fault.FAULT_WITHOUT_EFFECT:
            real(*given)
        if self.fault is Fault.CRASH_AFTER:
            raise Crash
        if self.fault is Fault.ANSWER_LOST:
            raise gateway.GatewayUnavailable("timed out")
        self.poisoned |= {key} - {""}
        raise gateway.GatewayUnavailable("a fault of the processor's own", answered=True)


@pytest.fixture
def processor(stripe_app, stripe):
    """Provide the stand-in, behind a line that can break."""
    real = stripe_app.extensions[gateway.EXTENSION]
    stripe_app.extensions[gateway.EXTENSION] = Faulty(real)
    with stripe_app.app_context():
        yield stripe
        db.session.rollback()
    stripe_app.extensions[gateway.EXTENSION] = real


@pytest.fixture
def line(processor, stripe_app):
    return stripe_app.extensions[gateway.EXTENSION]


class Story:
    """One family and what it does, whatever fails."""

    def __init__(self, processor: Any, school: Any, event: Any) -> None:
        self.processor, self.pages = processor, []
        self.ada, self.ben = (
            checkout.make_family(event, school=school, forename=name) for name in ("Ada", "Ben")
        )
        for family in (self.ada, self.ben):
            checkout.answer(family)
        db.session.rollback()
        self.parent_id = self.ada.parent.id
        self.ids = [family.booking.id for family in (self.ada, self.ben)]

    def run(self) -> None:
        """Go through it; if a step fails, the next ones continue without it."""
        steps = (
            lambda: self._begin(self.ids[:1]),
            lambda: self._begin(self.ids),
            self._pay,
            self._message,
            self._come_back,
            self._withdraw,
            self._refund,
        )
        for step in steps:
            with suppress(gateway.GatewayUnavailable, Crash, service.AlreadyPaid):
                step()
            db.session.rollback()

    def _begin(self, ids: list[int]) -> None:
        wishes = [PaymentWish(booking_id) for booking_id in ids]
        self.pages.append(service.begin(parent_id=self.parent_id, wishes=wishes).url)

    def _pay(self) -> None:
        """Pay on every open page that the family knows: with two tabs, the worst case."""
        for url in self.pages:
            session = self.processor.sessions[url.rpartition("/")[2]]
            if session["status"] == "open":
                self.processor.pay(session["id"])

    def _paid(self) -> list[str]:
        known = {url.rpartition("/")[2] for url in self.pages}
        return [s["id"] for s in accounting.paid_sessions(self.processor) if s["id"] in known]

    def _message(self) -> None:
        for session_id in self._paid():
            heard = gateway.ProcessorMessage(f"evt_{session_id}", gateway.News.SESSION, session_id)
            clearing.hear(heard)

    def _come_back(self) -> None:
        for session_id in self._paid():
            service.settle(session_id)

    def _withdraw(self) -> None:
        with transaction() as unit:
            booking = unit.get_one(Booking, self.ids[1])
            places.withdraw(actor=COMMAND, now=clock.now(), booking=booking)

    def _refund(self) -> None:
        service.execute_refunds(clock.now())


def recover(line, time_machine) -> None:
    """Run the worker as usual: every few minutes, and once more two days later."""
    line.break_at(0, Fault.NEVER_SENT)
    for wait in (timedelta(minutes=5), timedelta(minutes=5), timedelta(days=2), timedelta()):
        time_machine.shift(wait)
        if wait >= timedelta(days=1):
            line.poisoned.clear()  # keys are forgotten after a day
            line.processor_answers.clear()
        service.settle_open(clock.now())
        service.execute_refunds(clock.now())


def waiting() -> list[str]:
    """Return what is not finished although nobody would look at it again."""
    db.session.rollback()
    asked = select(Refund.id).where(Refund.state == RefundState.REQUESTED)
    opened = select(Payment.id).where(Payment.state == "opened", Payment.session_id.is_(None))
    found = [f"refund {i} was never asked for" for i in db.session.scalars(asked)]
    return found + [f"payment {i} never ended" for i in db.session.scalars(opened)]


@pytest.fixture
def ready(line, processor, time_machine):
    time_machine.move_to(clock.now(), tick=False)
    line.processor_answers = processor.answered
    return line


@pytest.fixture
def begin(ready, processor, app, test_database, time_machine):
    """Give a way to begin a story at the same time, in a clean database, with nobody else's."""
    begins_at = clock.now()

    def anew() -> Story:
        db.session.rollback()
        db.session.expunge_all()
        clean(app, test_database)
        processor.forget()
        ready.poisoned.clear()
        ready.break_at(0, Fault.NEVER_SENT)
        time_machine.move_to(begins_at, tick=False)
        school = schools.make_school()
        return Story(processor, school, checkout.make_fee_event(FeeKind.CHARGE))

    return anew


def test_the_story_goes_well_when_nothing_fails(ready, processor, begin, time_machine):
    story = begin()

    story.run()
    calls = ready.count
    recover(ready, time_machine)

    assert accounting.problems(processor) == waiting() == []
    assert calls > 8
    states = [db.session.get_one(Booking, booking_id).state for booking_id in story.ids]
    assert states == [BookingState.CONFIRMED, BookingState.WITHDRAWN]
    assert [row["amount"] for row in processor.refunds.values()] == [600]


@pytest.mark.parametrize("fault", Fault)
def test_a_fault_at_any_call_loses_no_pound(ready, processor, begin, time_machine, fault):
    at = 0
    while True:
        at += 1
        story = begin()
        ready.break_at(at, fault)
        story.run()
        reached = ready.count >= at
        recover(ready, time_machine)

        assert accounting.problems(processor) == waiting() == [], f"{fault} at call {at}"
        assert db.session.get_one(Booking, story.ids[1]).state is BookingState.WITHDRAWN
        if not reached:
            break

    assert at > 8  # each failure happened at every call in the story


@contextmanager
def crash_at_commit(at: int):
    """Let the process die as it is about to commit for the `at`th time; give the count."""
    counted = [0]

    def count(_session: Session) -> None:
        counted[0] += 1
        if counted[0] == at:
            raise Crash

    listening.listen(Session, "before_commit", count)
    try:
        yield counted
    finally:
        listening.remove(Session, "before_commit", count)


def test_a_crash_before_any_commit_loses_no_pound(ready, processor, begin, time_machine):
    at = 0
    while True:
        at += 1
        story = begin()
        with crash_at_commit(at) as counted:
            story.run()
        reached = counted[0] >= at
        recover(ready, time_machine)

        assert accounting.problems(processor) == waiting() == [], f"at commit {at}"
        if not reached:
            break

    assert at > 8
