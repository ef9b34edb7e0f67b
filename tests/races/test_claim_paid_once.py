"""Several treasurers pay one claim at once: the fund pays once."""

from threading import Barrier

import pytest

from booking.domain import claiming, ledger
from booking.domain.claiming import CostClaimState
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.claims import service as claim_service
from booking.money.claims.models import CostClaim
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from tests.builders import bids, claims, events, schools
from tests.builders.fund import make_grant
from tests.races.together import errors, together, writing

CROWD, HELD, PENCE = 4, 50_000, 4_500


@pytest.fixture
def claim_id(app, db_session):
    """An approved claim of £45.00, and £500.00 for events."""
    make_grant(pence=HELD, fund=Fund.EVENTS)
    _, treasurer = bids.make_deciders()
    event = events.make_event()
    host = schools.make_person(role=Role.HOST, school=event.host_school)
    claim = claims.make_claim(event, by=host, pence=PENCE)
    claims.approve(claim, by=treasurer)
    db_session.rollback()
    return claim.id


def paying(claim_id):
    return writing(
        lambda: (
            claim_service.pay(
                actor=COMMAND,
                now=clock.now(),
                claim=db.session.get_one(CostClaim, claim_id),
                account="assets:bank",
                paid_on=clock.today(),
            ).id
        )
    )


def naive(claim_id, number, gate):
    """Look first and pay later, under a key of the press's own, as without our lock."""

    def work():
        state = db.session.get_one(CostClaim, claim_id).state
        db.session.rollback()
        gate.wait(30)
        if claiming.may_move(state, CostClaimState.PAID):
            with transaction():
                event = db.session.get_one(CostClaim, claim_id).event.slug
                draft = ledger.event_cost(
                    key=f"naive:{number}", pence=PENCE, description="Card", event=event
                )
                fund.post(actor=COMMAND, now=clock.now(), draft=draft)

    return work


def left():
    db.session.rollback()
    return fund_queries.fund_money(Fund.EVENTS)


def test_without_the_lock_a_claim_is_paid_as_often_as_it_is_pressed(app, claim_id):
    gate = Barrier(CROWD)

    together(app, [naive(claim_id, number, gate) for number in range(CROWD)])

    assert left() == HELD - CROWD * PENCE


def test_one_claim_is_paid_once_however_many_press(app, claim_id):
    results = together(app, [paying(claim_id) for _ in range(CROWD)])

    assert errors(results) == ["MoveNotAllowed"] * (CROWD - 1)
    assert left() == HELD - PENCE
