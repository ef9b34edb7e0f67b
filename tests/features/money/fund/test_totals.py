"""Running balances: the database keeps them as entries are sealed, and they equal every line."""

import random
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import queries, service
from booking.money.fund.models import DayTotal, Entry, EntryLine
from tests.builders import events, schools
from tests.builders.fund import make_cost, make_fund, make_grant, make_payment, make_refund

FIRST = date(2026, 1, 1)


def seal():
    with transaction():
        return service.seal(now=clock.now())


def fold(*, first_on=date.min, last_on=date.max):
    """Add up every line between two days, one by one."""
    found = (
        select(EntryLine.account, EntryLine.fund, EntryLine.pence)
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(Entry.entered_on.between(first_on, last_on))
    )
    lines = [
        ledger.DraftLine(account, fund, pence) for account, fund, pence in db.session.execute(found)
    ]
    return ledger.balances(lines)


def without_zeros(totals):
    return {place: pence for place, pence in totals.items() if pence}


@pytest.fixture
def event(app, db_session):
    return events.make_event(host=schools.make_school(), fee_pence=600)


@pytest.mark.parametrize("seed", range(6))
def test_balances_equal_every_line_however_much_of_it_is_sealed(event, seed):
    rng = random.Random(seed)
    bursaries = make_fund().name
    for _ in range(25):
        on = FIRST + timedelta(days=rng.randrange(400))
        rng.choice(
            (
                lambda on=on: make_grant(pence=rng.randint(1, 900), entered_on=on),
                lambda on=on: make_grant(pence=5, fund=bursaries, entered_on=on),
                lambda on=on: make_payment(event=event, entered_on=on),
                lambda on=on: make_cost(event=event, pence=rng.randint(1, 900), entered_on=on),
                lambda on=on: make_refund(
                    payment=make_payment(event=event, entered_on=on), pence=100, entered_on=on
                ),
                seal,
            )
        )()
    day, later = sorted(FIRST + timedelta(days=rng.randrange(400)) for _ in range(2))

    assert without_zeros(queries.balances()) == without_zeros(fold())
    assert without_zeros(queries.moved(last_on=day)) == without_zeros(fold(last_on=day))
    between = queries.moved(first_on=day, last_on=later)
    assert without_zeros(between) == without_zeros(fold(first_on=day, last_on=later))
    for fund in (*Fund, bursaries):
        assert queries.fund_balance(fund) == ledger.fund_balance(fold(), fund)
    assert queries.held_by_fund("assets:bank")[Fund.CPD] == fold().get(("assets:bank", Fund.CPD), 0)
    assert service.verify().problem == ""


def test_posting_touches_no_row_that_another_posting_touches(event, db_session):
    make_payment(event=event)
    make_payment(event=event)

    assert db_session.scalar(select(func.count()).select_from(DayTotal)) == 0
    assert queries.held_by_fund("assets:card-clearing")[Fund.EVENTS] == 1_200


def test_seal_adds_its_entries_up_by_account_fund_and_day(event, db_session):
    make_payment(event=event, entered_on=FIRST)
    make_payment(event=event, entered_on=FIRST)
    make_refund(payment=make_payment(event=event, entered_on=FIRST), pence=600, entered_on=FIRST)
    seal()

    kept = db_session.get_one(DayTotal, ("assets:card-clearing", Fund.EVENTS, FIRST))
    assert (kept.debit_pence, kept.credit_pence, kept.line_count) == (1_800, 600, 4)


def test_sealing_nothing_adds_nothing(event, db_session):
    make_payment(event=event, entered_on=FIRST)
    assert (seal(), seal()) == (1, 0)

    assert queries.held_by_fund("assets:card-clearing")[Fund.EVENTS] == 600


def test_every_balance_is_one_statement(event, count_queries):
    make_payment(event=event)
    seal()
    make_payment(event=event)

    with count_queries() as sent:
        queries.balances()

    assert len([each for each in sent if each.startswith("SELECT")]) == 1


def test_money_that_moves_after_an_event_was_closed_is_seen_sealed_or_not(app, db_session):
    then = clock.now() - timedelta(days=60)
    date_before = events.one_date(clock.now() - timedelta(days=7))
    event = events.make_event(
        host=schools.make_school(), now=then, dates=[date_before], fee_pence=600
    )
    payment = make_payment(event=event)
    with transaction():
        service.close_event(actor=COMMAND, now=clock.now(), event=event)
    for between in (lambda: None, seal):
        between()
        assert queries.to_close(clock.now()) == []

    make_refund(payment=payment, pence=200)
    for between in (lambda: None, seal):
        between()
        [(found, sums)] = queries.to_close(clock.now())
        assert (found.id, sums.surplus_pence) == (event.id, -200)


class TestAddUp:
    """`flask fund add-up` mends running balances, and only these."""

    @pytest.fixture
    def wrong(self, event, db_session):
        make_payment(event=event, entered_on=FIRST)
        make_grant()
        seal()
        with transaction():
            db_session.execute(text("UPDATE ledger_totals SET debit_pence = debit_pence + 5"))

    def test_verify_says_how_to_mend_it(self, wrong, app):
        done = app.test_cli_runner().invoke(args=["fund", "verify"])

        assert done.exit_code == 1
        assert "on 2026-01-01: it is £0.05 away from the entries" in done.output
        assert "`flask fund add-up` adds it up again" in done.output

    def test_command_mends_it(self, wrong, app):
        done = app.test_cli_runner().invoke(args=["fund", "add-up"])

        assert (done.exit_code, service.verify().problem) == (0, "")
        assert "6 running balances have been added up again from the entries." in done.output

    def test_entries_that_were_tampered_with_are_not_covered_up(self, wrong, app, db_session):
        with transaction():
            if db.engine.dialect.name == "sqlite":
                db_session.execute(text("DROP TRIGGER entries_no_update"))
            else:
                db_session.execute(text("ALTER TABLE entries DISABLE TRIGGER entries_no_change"))
            db_session.execute(text("UPDATE entries SET description = 'x' WHERE id = 1"))

        done = app.test_cli_runner().invoke(args=["fund", "add-up"])

        assert done.exit_code == 1
        assert "Entry 1: it was changed after it had been sealed." in done.output
        assert "Put the entries right first." in done.output
