"""Several people promise and spend CPD money at once: never more than there is."""

from threading import Barrier

import pytest
from sqlalchemy import select

from booking.domain.bidding import BidState
from booking.domain.ledger import EntryKind, Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bids import locks as bid_locks
from booking.money.bids import queries as bid_queries
from booking.money.bids import service as bid_service
from booking.money.bids.models import Bid, BidPromise
from booking.money.bids.service import deciding, moves
from booking.money.fund import locks as fund_locks
from booking.money.fund import service as fund
from tests.builders import bids, schools
from tests.builders.fund import make_grant
from tests.races.together import errors, together, writing

CROWD = 6
HELD, EACH = 50_000, 20_000
AFFORDED = HELD // EACH


@pytest.fixture
def waiting(app, db_session):
    """£500.00, six bids of £200.00 from six schools, and a lead to decide on all of them."""
    make_grant(pence=HELD)
    lead, _ = bids.make_deciders()
    made = []
    for _ in range(CROWD):
        bid = bids.make_bid(school=schools.make_school(), cost_pence=2 * EACH, asked_pence=EACH)
        made.append(bid.id)
    actor = schools.actor_of(lead)
    db_session.rollback()
    return made, actor


def approving(bid_id, actor):
    def work():
        bid = db.session.get_one(Bid, bid_id)
        return bid_service.approve(actor=actor, now=clock.now(), bid=bid, pence=EACH).id

    return writing(work)


def money():
    db.session.rollback()
    found = bid_queries.cpd_money()
    return found.held_pence, found.promised_pence


def states():
    db.session.rollback()
    return sorted(db.session.scalars(select(Bid.state)))


def naive(bid_id, gate):
    """Look first and promise later, as an application without our lock would."""

    def work():
        available = bid_queries.cpd_money().available_pence
        db.session.rollback()
        gate.wait(30)
        if available >= EACH:
            with transaction():
                row = BidPromise(
                    bid_id=bid_id, pence=EACH, state=BidState.APPROVED, made_at=clock.now()
                )
                db.session.add(row)

    return work


def test_without_the_lock_more_is_promised_than_there_is(app, waiting):
    gate = Barrier(CROWD)

    together(app, [naive(bid_id, gate) for bid_id in waiting[0]])

    assert money() == (HELD, CROWD * EACH)


@pytest.mark.postgres
def test_without_the_row_lock_alone_more_is_promised_than_there_is(app, waiting, monkeypatch):
    gate, made, actor = Barrier(CROWD), *waiting
    check = deciding._check_money

    def check_and_wait(pence):
        check(pence)
        gate.wait(30)

    monkeypatch.setattr(fund_locks, "funds", lambda: None)
    monkeypatch.setattr(deciding, "_check_money", check_and_wait)
    together(app, [approving(bid_id, actor) for bid_id in made])

    held, promised = money()
    assert promised > held


def test_as_many_bids_are_approved_as_the_fund_can_pay(app, waiting):
    made, actor = waiting

    results = together(app, [approving(bid_id, actor) for bid_id in made])

    assert errors(results) == ["NotEnoughToPromise"] * (CROWD - AFFORDED)
    assert money() == (HELD, AFFORDED * EACH)
    assert states().count(BidState.APPROVED) == AFFORDED


def test_promises_and_payments_by_hand_together_take_no_more_than_there_is(app, waiting):
    made, actor = waiting

    def speaker(number):
        entry = fund.HandEntry(
            EntryKind.SPEAKER,
            f"form-{number}",
            clock.today(),
            EACH,
            Fund.CPD,
            description="Speaker",
        )
        return writing(lambda: fund.enter(actor=COMMAND, now=clock.now(), entry=entry).id)

    works = [approving(bid_id, actor) for bid_id in made[:3]] + [speaker(n) for n in range(3)]
    results = together(app, works)

    assert set(errors(results)) <= {"NotEnoughMoney", "NotEnoughToPromise"}
    assert len(errors(results)) == CROWD - AFFORDED
    held, promised = money()
    assert (HELD - held) + promised == AFFORDED * EACH
    assert held >= promised


def test_one_bid_approved_by_several_at_once_is_promised_once(app, waiting):
    (bid_id, *_), _actor = waiting
    leads = [schools.actor_of(schools.make_person(role=Role.LEAD)) for _ in range(CROWD)]
    db.session.rollback()

    results = together(app, [approving(bid_id, lead) for lead in leads])

    assert errors(results) == ["MoveNotAllowed"] * (CROWD - 1)
    assert money() == (HELD, EACH)


def test_one_claim_paid_by_several_at_once_is_paid_once(app, waiting):
    made, actor = waiting
    approving(made[0], actor)()
    bid = db.session.get_one(Bid, made[0])
    bids.claim(bid)
    db.session.rollback()

    def paying():
        return bid_service.pay(
            actor=actor,
            now=clock.now(),
            bid=db.session.get_one(Bid, made[0]),
            account="assets:bank",
            paid_on=clock.today(),
        ).id

    results = together(app, [writing(paying) for _ in range(CROWD)])

    assert errors(results) == ["MoveNotAllowed"] * (CROWD - 1)
    assert money() == (HELD - EACH, 0)


def test_a_promise_that_ends_in_several_ways_at_once_is_given_back_once(app, waiting):
    made, actor = waiting
    approving(made[0], actor)()

    def withdrawing():
        bid = db.session.get_one(Bid, made[0])
        return bid_service.withdraw(actor=actor, now=clock.now(), bid=bid).id

    def lapsing():
        bid = bid_locks.bid(made[0])
        return moves.move(
            bid, BidState.LAPSED, actor=actor, now=clock.now(), action="let_bid_lapse"
        )

    results = together(app, [writing(withdrawing), writing(lapsing), writing(withdrawing)])

    assert errors(results) == ["MoveNotAllowed"] * 2
    assert money() == (HELD, 0)
    rows = db.session.scalars(select(BidPromise.pence).order_by(BidPromise.id)).all()
    assert rows == [EACH, -EACH]
