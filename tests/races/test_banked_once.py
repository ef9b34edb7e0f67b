"""Two people of one school bank the same cash at once: it reaches the bank account once."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain import ledger
from booking.domain.charging import FeeKind
from booking.domain.ledger import accounts
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.foundation.tokens import new_public_id
from booking.money.cash import queries as cash_queries
from booking.money.cash import service as cash_service
from booking.money.checkout import service as checkout
from booking.money.checkout.models import PayIn
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.payments.models import Method
from booking.people.schools.models import School
from tests.builders import checkout as build
from tests.builders import schools
from tests.races.together import errors, together, writing

CROWD = 5


@pytest.fixture
def school_id(app, db_session):
    """A school that holds £6.00 in cash."""
    schools.make_terms()
    school = schools.make_school()
    event = build.make_fee_event(FeeKind.VOLUNTARY_CONTRIBUTION)
    family = build.make_family(event, school=school)
    with transaction():
        checkout.receive_money(
            actor=COMMAND,
            now=clock.now(),
            booking=family.booking,
            method=Method.CASH,
            amount_pence=600,
        )
    found = school.id
    db_session.rollback()
    return found


def cash():
    db.session.rollback()
    return sum(fund_queries.held_by_fund(accounts.CASH).values())


def test_without_the_lock_cash_is_banked_that_is_not_there(app, school_id):
    gate = Barrier(CROWD)

    def work():
        [item] = cash_queries.to_bank(school_id)
        held, pence = item.held, item.pence
        db.session.rollback()
        gate.wait(30)
        with transaction():
            draft = ledger.cash_banked(
                key=f"pay-in:{new_public_id()}", amount_pence=pence, cash=held
            )
            fund.post(actor=COMMAND, now=clock.now(), draft=draft)

    together(app, [work] * CROWD)
    assert cash() < 0


def test_cash_banked_many_times_at_once_is_banked_once(app, school_id):
    [item] = cash_queries.to_bank(school_id)
    listed = [item.payment.public_id]
    db.session.rollback()

    def work():
        return cash_service.bank(
            actor=COMMAND,
            now=clock.now(),
            school=db.session.get_one(School, school_id),
            listed=listed,
            listed_pence=600,
            reference="1",
            banked_on=clock.today(),
        ).amount_pence

    results = together(app, [writing(work)] * CROWD)

    assert errors(results) == ["ListChanged"] * (CROWD - 1)
    assert cash() == 0
    assert db.session.scalar(select(func.count()).select_from(PayIn)) == 1
