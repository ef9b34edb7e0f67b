"""Several people spend from the CPD fund at once: it is never spent below zero."""

from threading import Barrier

import pytest

from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import locks as fund_locks
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund_service
from booking.money.fund.service import overspending
from tests.builders.fund import make_grant
from tests.races.together import errors, together, writing

CROWD = 6
HELD, FEE = 50_000, 20_000
AFFORDED = HELD // FEE


@pytest.fixture
def fund(app, db_session):
    """£500.00, and six people who each pay a speaker £200.00."""
    make_grant(pence=HELD)
    db_session.rollback()


def speaker(number):
    return fund_service.HandEntry(
        EntryKind.SPEAKER, f"form-{number}", clock.today(), FEE, Fund.CPD, description="Speaker"
    )


def spending(number):
    return writing(
        lambda: fund_service.enter(actor=COMMAND, now=clock.now(), entry=speaker(number)).id
    )


def balance():
    db.session.rollback()
    return fund_queries.fund_money(Fund.CPD)


def naive(number, gate):
    """Look first and spend later, as an application without our lock would."""

    def work():
        held = fund_queries.fund_money(Fund.CPD)
        db.session.rollback()
        gate.wait(30)
        if held >= FEE:
            with transaction():
                draft = ledger.speaker(key=f"naive:{number}", pence=FEE, description="Speaker")
                fund_service.post(actor=COMMAND, now=clock.now(), draft=draft)

    return work


def test_without_the_lock_the_fund_is_overspent(app, fund):
    gate = Barrier(CROWD)

    together(app, [naive(number, gate) for number in range(CROWD)])

    assert balance() == HELD - CROWD * FEE < 0


@pytest.mark.postgres
def test_without_the_row_lock_alone_the_fund_is_overspent(app, fund, monkeypatch):
    gate = Barrier(CROWD)
    check = overspending.refuse_overspending

    def check_and_wait(**facts):
        check(**facts)
        gate.wait(30)

    monkeypatch.setattr(fund_locks, "funds", lambda: None)
    monkeypatch.setattr(overspending, "refuse_overspending", check_and_wait)
    together(app, [spending(number) for number in range(CROWD)])

    assert balance() < 0


def test_fund_pays_as_many_as_it_can_and_refuses_the_rest(app, fund):
    results = together(app, [spending(number) for number in range(CROWD)])

    assert errors(results) == ["NotEnoughMoney"] * (CROWD - AFFORDED)
    assert balance() == HELD - AFFORDED * FEE


def test_same_form_sent_at_once_records_one_entry(app, fund):
    results = together(app, [spending(1) for _ in range(CROWD)])

    assert len(set(results)) == 1
    assert balance() == HELD - FEE


def test_same_fact_posted_at_once_is_one_entry(app, fund):
    draft = ledger.grant(key="grant:same", pence=100, description="Rotary Club")

    def work():
        return fund_service.post(actor=COMMAND, now=clock.now(), draft=draft).id

    results = together(app, [writing(work) for _ in range(CROWD)])

    assert len(set(results)) == 1
    assert balance() == HELD + 100
