"""Facts that arrive late or that we stumble over: each is handled by itself, or is a task."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from booking.domain import terms
from booking.domain.ledger import EntryKind
from booking.domain.permissions import COMMAND, WORKER
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.checkout import service
from booking.money.checkout.models import Explanation
from booking.money.clearing import service as clearing
from booking.money.fund import ports as fund_ports
from booking.money.fund import service as fund
from booking.money.fund.models import Entry
from booking.money.payments import gateway
from booking.money.payments.models import Payout
from tests.builders.stored import count, mails, refunds
from tests.features.money.checkout import processor_days
from tests.features.money.checkout.processor_days import reconcile, send, total

BANK, CLEARING = "assets:bank", "assets:card-clearing"


def entry(key):
    db.session.rollback()
    return db.session.scalars(select(Entry).where(Entry.key == key)).one()


def close_last_year():
    """Close the books of the school year before this one, and all before it."""
    first_on, _ = terms.school_year_bounds(terms.school_year(clock.today()))
    with fund_ports.year_end_points.instead(), transaction():
        fund.close_year(
            actor=COMMAND,
            now=clock.now(),
            label=terms.school_year(first_on - timedelta(days=1)),
            accepted=True,
        )
    return first_on


def stumble(*_args, **_kwargs):
    raise KeyError("a field that nobody sends any more")


class TestClosedYear:
    """A payout that arrived in a year whose books are closed by now."""

    @pytest.fixture
    def late(self, processor):
        """A payout of the last school year, and the first day of this one."""
        first_on = terms.school_year_bounds(terms.school_year(clock.today()))[0]
        arrived_on = first_on - timedelta(days=60)
        with transaction():
            draft = fund.HandEntry(
                kind=EntryKind.GRANT,
                reference="early",
                entered_on=arrived_on,
                pence=100,
                description="Gift",
            )
            fund.enter(actor=COMMAND, now=clock.now(), entry=draft)
        with transaction():
            fund.seal(now=clock.now())
        close_last_year()
        processor_days.paid_family(processor)
        payout = processor.books.pay_out()
        noon = datetime.combine(arrived_on, time(12), tzinfo=UTC)
        payout["arrival_date"] = int(noon.timestamp())
        return payout, first_on, arrived_on

    def test_it_counts_on_the_first_open_day_and_says_its_own(self, processor, late):
        payout, first_on, arrived_on = late

        reconcile()

        posted = entry(f"payout:{payout['id']}")
        assert posted.entered_on == first_on
        assert terms.day_text(arrived_on) in posted.reason
        assert total(CLEARING) == 0
        assert processor_days.problems() == []
        assert reconcile() == (0, 0)

    def test_its_message_is_heard(self, processor, stripe_app, late):
        payout, _, _ = late
        told = processor.books.tell("payout.paid", payout)

        assert send(stripe_app, told) == "heard"
        assert total(CLEARING) == 0

    def test_the_worker_types_no_day(self, processor):
        with pytest.raises(AssertionError, match="no typed one"), transaction():
            fund.post(actor=WORKER, now=clock.now(), draft=None, entered_on=date(2020, 1, 1))


class TestAlone:
    """One that fails is a task with its reason; the others continue."""

    def test_a_payout_that_fails_stops_no_other(self, processor, monkeypatch):
        from booking.money.clearing.service import payouts

        processor_days.paid_family(processor, number=1)
        first = processor.books.pay_out()
        processor.books.now += 60
        processor_days.paid_family(processor, number=2)
        processor.books.pay_out()
        right = payouts._record

        def stumbling(found):
            return stumble() if found.id == first["id"] else right(found)

        with monkeypatch.context() as broken:
            broken.setattr(payouts, "_record", stumbling)
            assert clearing.reconcile_payouts(clock.now()) == 1
            assert clearing.reconcile_payouts(clock.now()) == 0

        (problem,) = processor_days.problems()
        assert "£5.65 could not be taken into the books" in problem
        assert "KeyError" in problem
        assert total(BANK) == 565
        # It is looked for again although a later one is in the books, and leaves the list.
        assert clearing.reconcile_payouts(clock.now()) == 1
        assert total(BANK) == 2 * 565
        assert processor_days.problems() == []
        assert count(Payout) == 2

    def test_a_message_that_fails_is_a_task_and_comes_again(
        self, processor, stripe_app, paid, monkeypatch
    ):
        from booking.money.clearing.service import disputing

        _, payment = paid
        processor.books.complain(processor.sessions[payment.session_id])
        told = processor.books.events[-1]
        with monkeypatch.context() as broken:
            broken.setattr(disputing, "look", stumble)
            assert send(stripe_app, told) == "try again"
        assert len(processor_days.problems()) == 1

        assert send(stripe_app, told) == "heard"
        assert processor_days.problems() == []

    def test_a_refund_that_fails_stops_no_other(self, processor, monkeypatch):
        from booking.money.checkout.service import refunding

        for number in (1, 2):
            processor_days.paid_family(processor, number=number)
        with transaction():
            for line in db.session.scalars(select(processor_days.PaymentLine)):
                service.refund(actor=COMMAND, now=clock.now(), line=line, reason="Asked for it")
        right, seen = refunding.record_answer, []

        def stumbling(refund_id, *args, **facts):
            seen.append(refund_id)
            return stumble() if refund_id == seen[0] else right(refund_id, *args, **facts)

        with monkeypatch.context() as broken:
            broken.setattr(refunding, "record_answer", stumbling)
            assert service.execute_refunds(clock.now()) == 1
        assert [state for _, state, _ in refunds()] == ["requested", "succeeded"]
        assert "The refund of £6.00" in processor_days.problems()[0]

        assert service.execute_refunds(clock.now()) == 1
        assert processor_days.problems() == []
        assert len(processor.refunds) == 2

    def test_our_own_refusal_says_its_reason(self, processor):
        from booking.money.checkout.service import one_by_one

        def refuse():
            raise fund.NotEnoughMoney("There is £1.00 left.")

        assert one_by_one.take(refuse, key="thing:1", about="The thing") is None

        (problem,) = processor_days.problems()
        assert problem.startswith("The thing could not be taken into the books. ")
        assert "Reason: There is £1.00 left." in problem
        assert one_by_one.take(lambda: 7, key="thing:1", about="The thing") == 7
        assert db.session.scalars(select(Explanation.reason)).one() == one_by_one.TAKEN_IN

    def test_a_silent_processor_is_nobodys_task(self, processor):
        from booking.money.checkout.service import one_by_one

        def fall_silent():
            raise gateway.GatewayUnavailable("no route")

        with pytest.raises(gateway.GatewayUnavailable):
            one_by_one.take(fall_silent, key="thing:1", about="The thing")
        assert processor_days.problems() == []


class TestTooLittleMoney:
    """The processor holds too little of our money for a refund: that passes."""

    def test_refunds_wait_and_go_out_later(self, processor, paid, treasurer, time_machine):
        processor.too_low = True
        processor_days.ask_for_refund(400)
        time_machine.move_to(clock.now() + timedelta(minutes=2))
        service.execute_refunds(clock.now())

        assert refunds() == [(400, "requested", "")]
        assert mails("refund_failed") == []
        home = treasurer.get("/fund/").text
        assert "1 refund of £4.00 in all waits for money at the card processor" in home
        assert "1 refund of £4.00 in all cannot go out yet" in treasurer.get("/fund/refunds").text
        assert processor_days.problems() == []

        processor.too_low = False
        time_machine.move_to(clock.now() + timedelta(minutes=2))
        service.execute_refunds(clock.now())

        assert refunds() == [(400, "succeeded", "")]
        assert [refund["amount"] for refund in processor.refunds.values()] == [400]
        assert "waits for money" not in treasurer.get("/fund/").text
        assert processor_days.agrees()

    def test_there_is_one_task_for_all_that_wait(self, processor, treasurer):
        for number in (1, 2):
            processor_days.paid_family(processor, number=number)
        processor.too_low = True
        with transaction():
            for line in db.session.scalars(select(processor_days.PaymentLine)):
                service.refund(actor=COMMAND, now=clock.now(), line=line, reason="Asked for it")
        service.execute_refunds(clock.now())

        home = treasurer.get("/fund/").text
        assert "2 refunds of £12.00 in all wait for money at the card processor" in home
        assert home.count("for money at the card processor") == 1
