"""The worker, the doctor and retention: promises lapse, faults are found, receipts are deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, text

from booking import worker
from booking.domain.bidding import BidState
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import service, soundness
from booking.money.bids.models import Bid, BidReceipt
from booking.money.fund import service as fund
from booking.money.fund.models import Entry
from booking.upkeep import doctor, purging
from tests.builders import bids, schools


def receipts():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(BidReceipt))


@pytest.fixture
def spent(cast):
    """Provide a paid bid, and one that is approved."""
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    bids.pay(bid, by=cast.treasurer)
    bids.approve(bids.make_bid(school=cast.school, applicant=cast.coordinator), cast.lead)
    return bid


def test_the_worker_warns_and_lets_lapse(app, cast, time_machine):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    jobs = [job for job in worker.jobs() if "bids" in job.name]
    assert len(jobs) == 2
    db.session.rollback()

    time_machine.move_to(db.session.get_one(Bid, bid.id).lapses_at + timedelta(minutes=1))
    for job in jobs:
        worker.run_job(app, job)

    db.session.rollback()
    assert db.session.get_one(Bid, bid.id).state is BidState.LAPSED


def test_the_doctor_finds_nothing_where_nothing_is_wrong(spent):
    assert list(soundness.problems()) == []
    assert soundness.problems in [check.problems for check in doctor.checks()]


def without_guards(statement):
    """Change what the database protects, as its owner could."""
    with transaction():
        if db.engine.dialect.name == "sqlite":
            for change in ("update", "delete", "replace"):
                db.session.execute(text(f"DROP TRIGGER IF EXISTS bid_promises_no_{change}"))
        else:
            db.session.execute(text("ALTER TABLE bid_promises DISABLE TRIGGER ALL"))
        db.session.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE bid_promises SET pence = pence + 1 WHERE state = 'approved'", "promised"),
        ("DELETE FROM bid_promises WHERE state = 'spent'", "is spent and has £60.00 promised"),
        ("UPDATE bid_promises SET pence = -pence", "released more than was promised"),
        ("UPDATE bids SET claimed_pence = 5999 WHERE state = 'spent'", "has no such entry"),
        (
            "UPDATE bid_approvals SET person_id = (SELECT applicant_id FROM bids LIMIT 1)",
            "was approved by the person who made it",
        ),
    ],
)
def test_the_doctor_finds_each_fault(spent, statement, said):
    without_guards(statement)

    assert any(said in problem for problem in soundness.problems())


def test_the_doctor_says_when_more_is_promised_than_held(spent):
    grant = db.session.scalars(select(Entry).where(Entry.kind == "grant")).one()
    with transaction():
        fund.reverse(actor=COMMAND, now=clock.now(), entry=grant, reason="Bounced")

    assert list(soundness.problems()) == [
        "the CPD fund has promised £60.00 but holds -£60.00: cancel a promise, or find money"
    ]


def test_a_receipt_goes_six_years_after_its_school_year(spent):
    last_day = clock.datetime(2033, 8, 31, 12, tzinfo=clock.LONDON)

    purging.purge(last_day)
    assert receipts() == 1
    purging.purge(last_day + timedelta(days=1))
    assert receipts() == 0
    db.session.rollback()
    assert db.session.get_one(Bid, spent.id).claimed_pence == 6_000


def test_a_receipt_that_was_not_paid_goes_after_ninety_days(cast):
    bid = bids.make_bid(school=cast.school, applicant=cast.coordinator)
    bids.approve(bid, cast.lead)
    bids.claim(bid)
    with transaction():
        service.withdraw(actor=schools.actor_of(cast.coordinator), now=clock.now(), bid=bid)

    purging.purge(clock.now() + timedelta(days=89))
    assert receipts() == 1
    purging.purge(clock.now() + timedelta(days=91))
    assert receipts() == 0
