"""Two people answer one proposal of other rules at once: only one answer counts."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain.ledger.rule_changes import RuleBook, RuleChangeState
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import RuleChange
from booking.money.fund.service import rule_changes
from tests.builders import schools
from tests.races.together import errors, together, writing


@pytest.fixture
def proposed(app, db_session):
    """A proposal that waits, and two people who may answer it."""
    lead = schools.make_person(name="Lena Lead", role=Role.LEAD)
    others = [schools.make_person(name=f"Treasurer {n}", role=Role.TREASURER) for n in range(2)]
    with transaction():
        change = fund.propose_rules(
            actor=schools.actor_of(lead),
            now=clock.now(),
            book=RuleBook.LEDGER,
            wanted={"alone_up_to_pence": 2_000},
        )
    facts = change.id, schools.actor_of(lead), [schools.actor_of(person) for person in others]
    db_session.rollback()
    return facts


def answering(change_id, actor, act):
    def work():
        change = db.session.get_one(RuleChange, change_id)
        return act(actor=actor, now=clock.now(), change=change).state

    return writing(work)


def confirmed():
    db.session.rollback()
    return db.session.scalar(select(func.count()).where(AuditEntry.action == "confirm_rules"))


@pytest.mark.postgres
def test_without_the_lock_a_refused_proposal_is_confirmed(app, proposed, monkeypatch):
    # SQLite has one writer from a transaction's first statement on, so it has no such race.
    change_id, _, (one, other) = proposed
    gate = Barrier(2)

    def unlocked(change, now):
        found = db.session.scalars(select(RuleChange).where(RuleChange.id == change.id)).one()
        gate.wait(30)
        return found

    monkeypatch.setattr(rule_changes, "_waiting", unlocked)
    results = together(
        app,
        [
            answering(change_id, one, fund.confirm_rules),
            answering(change_id, other, fund.refuse_rules),
        ],
    )

    assert errors(results) == []
    assert set(results) == {RuleChangeState.CONFIRMED, RuleChangeState.REFUSED}


def test_three_answers_at_once_are_one_answer(app, proposed):
    change_id, lead, (one, other) = proposed

    results = together(
        app,
        [
            answering(change_id, one, fund.confirm_rules),
            answering(change_id, other, fund.confirm_rules),
            answering(change_id, lead, fund.withdraw_rules),
        ],
    )

    assert errors(results) == ["NoLongerWaits"] * 2
    state = db.session.get_one(RuleChange, change_id).state
    assert confirmed() == (1 if state is RuleChangeState.CONFIRMED else 0)
    held = 2_000 if state is RuleChangeState.CONFIRMED else 10_000
    assert fund_queries.alone_up_to_pence() == held
