"""Two people answer one request, or post while a year is being closed: only one thing is true."""

from datetime import date
from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain import ledger
from booking.domain.ledger import DecisionState, Fund
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import locks as fund_locks
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import ClosedYear, Decision, Entry
from booking.money.fund.service import decisions
from tests.builders import schools
from tests.builders.fund import ask_reversal, make_grant
from tests.races.together import errors, together, writing

HELD = 50_000


@pytest.fixture
def asked(app, db_session):
    """A waiting reversal of £500.00, and three people who may decide."""
    treasurer = schools.make_person(name="Tamsin Treasurer", role=Role.TREASURER)
    deciders = [schools.make_person(name=f"Lead {n}", role=Role.LEAD) for n in range(3)]
    found = ask_reversal(treasurer.email, make_grant(pence=HELD))
    facts = found.id, [schools.actor_of(person) for person in deciders]
    db_session.rollback()
    return facts


def answering(decision_id, actor, *, yes):
    def work():
        row = db.session.get_one(Decision, decision_id)
        now = clock.now()
        if yes:
            return fund.approve(actor=actor, now=now, decision=row).key
        return fund.refuse(actor=actor, now=now, decision=row, answer="No").state

    return writing(work)


def reversals():
    db.session.rollback()
    found = select(func.count()).where(Entry.kind == ledger.EntryKind.REVERSAL.value)
    return db.session.scalar(found)


@pytest.mark.postgres
def test_without_the_lock_a_refused_reversal_is_posted(app, asked, monkeypatch):
    # SQLite has one writer from a transaction's first statement on, so it has no such race.
    decision_id, (one, other, _) = asked
    gate = Barrier(2)

    def unlocked(row, actor):
        found = db.session.scalars(select(Decision).where(Decision.id == row.id)).one()
        if found.state is not DecisionState.ASKED:
            raise fund.AlreadyDecided("decided")
        gate.wait(30)
        return found

    monkeypatch.setattr(decisions, "_to_decide", unlocked)
    results = together(
        app, [answering(decision_id, one, yes=True), answering(decision_id, other, yes=False)]
    )

    # Both were told that their answer counts, or the database's own check stopped one of them.
    assert reversals() == 1
    assert errors(results) in ([], ["IntegrityError"])
    assert DecisionState.REFUSED in results or errors(results)


def test_three_answers_at_once_are_one_answer(app, asked):
    decision_id, (first, second, third) = asked

    results = together(
        app,
        [
            answering(decision_id, first, yes=True),
            answering(decision_id, second, yes=False),
            answering(decision_id, third, yes=True),
        ],
    )

    assert errors(results) == ["AlreadyDecided"] * 2
    state = db.session.get_one(Decision, decision_id).state
    assert reversals() == (1 if state is DecisionState.APPROVED else 0)
    assert fund_queries.fund_balance(Fund.CPD) == (0 if state is DecisionState.APPROVED else HELD)


def test_same_reversal_asked_at_once_waits_once(app, db_session):
    people = [schools.make_person(name=f"Treasurer {n}", role=Role.TREASURER) for n in range(4)]
    entry_id = make_grant(pence=HELD).id
    actors = [schools.actor_of(person) for person in people]
    db_session.rollback()

    def asking(actor):
        def work():
            entry = db.session.get_one(Entry, entry_id)
            return fund.ask_reversal(
                actor=actor, now=clock.now(), entry=entry, reason="Entered twice"
            ).id

        return writing(work)

    results = together(app, [asking(actor) for actor in actors])

    assert errors(results) == ["AlreadyAsked"] * 3
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(Decision)) == 1


class TestClosing:
    """An entry in the year is either part of its result, or refused."""

    LAST_JUNE = date(2025, 6, 12)
    LABEL = "2024/25"

    @pytest.fixture
    def books(self, app, db_session):
        make_grant(entered_on=self.LAST_JUNE, pence=HELD)
        with transaction():
            fund.seal(now=clock.now())
        db_session.rollback()

    def posting(self, number, wait=lambda: None):
        def work():
            draft = ledger.grant(key=f"late:{number}", pence=100, description="Late")
            entry = fund.post(
                actor=COMMAND, now=clock.now(), draft=draft, entered_on=self.LAST_JUNE
            )
            wait()
            return entry.id

        return writing(work)

    def closing(self, wait=lambda: None):
        def work():
            year = fund.close_year(actor=COMMAND, now=clock.now(), label=self.LABEL, accepted=True)
            wait()
            return year.funds["cpd"]["carried_forward_pence"]

        return writing(work)

    def came_to(self):
        db.session.rollback()
        return fund_queries.fund_years(self.LABEL)[Fund.CPD].carried_forward_pence

    @pytest.mark.postgres
    def test_without_the_lock_the_year_comes_to_more_than_it_was_closed_with(
        self, app, books, monkeypatch
    ):
        gate = Barrier(2)
        monkeypatch.setattr(fund_locks, "entries", lambda: None)

        def wait():
            gate.wait(30)

        results = together(app, [self.posting(1, wait), self.closing(wait)])

        assert errors(results) == []
        assert self.came_to() == results[1] + 100

    def test_closed_year_came_to_what_it_was_closed_with(self, app, books):
        results = together(app, [self.closing(), *(self.posting(n) for n in range(4))])

        closed = results[0]
        if isinstance(closed, Exception):  # an entry came first, and waits for its seal
            assert isinstance(closed, fund.PointsOpen)
            with transaction():
                fund.seal(now=clock.now())
            assert self.came_to() == HELD + 400
            return
        refused = errors(results)
        assert set(refused) <= {"YearIsClosed"}
        assert self.came_to() == closed == HELD + 100 * (4 - len(refused))

    def test_year_closed_by_two_at_once_is_closed_once(self, app, books):
        results = together(app, [self.closing() for _ in range(3)])

        assert errors(results) == ["NotTheNextYear"] * 2
        db.session.rollback()
        assert db.session.scalar(select(func.count()).select_from(ClosedYear)) == 1
