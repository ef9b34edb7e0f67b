"""Two payments or two answers at the same moment: no limit is got round, nothing is paid twice."""

from threading import Barrier

import pytest
from sqlalchemy import func, select

from booking.domain.ledger import EntryKind, Fund
from booking.domain.ledger.two_people import SpendingState
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import locks as fund_locks
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, SpendingProposal
from booking.money.fund.service import by_hand, spending
from tests.builders import schools
from tests.builders.fund import make_grant
from tests.races.together import errors, together, writing

HELD, HALF = 50_000, 6_000


@pytest.fixture
def network(app, db_session):
    """£500.00, a school, a treasurer, and two leads."""
    school = schools.make_school()
    treasurer = schools.make_person(name="Tamsin Treasurer", role=Role.TREASURER)
    leads = [schools.make_person(name=f"Lead {n}", role=Role.LEAD) for n in range(2)]
    make_grant(pence=HELD)
    facts = school.slug, schools.actor_of(treasurer), [schools.actor_of(one) for one in leads]
    db_session.rollback()
    return facts


def subsidy(slug, number, pence):
    return fund.HandEntry(
        EntryKind.SUBSIDY,
        f"form-{number}",
        clock.today(),
        pence,
        Fund.CPD,
        description="Course",
        school=slug,
    )


def paying(slug, actor, number):
    hand = subsidy(slug, number, HALF)
    return writing(
        lambda: type(fund.enter_or_ask(actor=actor, now=clock.now(), entry=hand)).__name__
    )


def spent():
    db.session.rollback()
    return HELD - fund_queries.fund_money(Fund.CPD)


@pytest.mark.postgres
def test_without_the_lock_two_halves_pass_where_the_whole_does_not(app, network, monkeypatch):
    # SQLite has one writer from a transaction's first statement on, so it has no such race.
    slug, treasurer, _ = network
    gate, look = Barrier(2), by_hand.why_two

    def look_and_wait(*args, **facts):
        found = look(*args, **facts)
        gate.wait(30)
        return found

    monkeypatch.setattr(fund_locks, "funds", lambda: None)
    monkeypatch.setattr(by_hand, "why_two", look_and_wait)
    results = together(app, [paying(slug, treasurer, number) for number in range(2)])

    assert results == ["Entry", "Entry"]
    assert spent() == 2 * HALF


def test_two_halves_at_once_are_one_payment_and_one_proposal(app, network):
    slug, treasurer, _ = network

    results = together(app, [paying(slug, treasurer, number) for number in range(4)])

    assert sorted(results) == ["Entry", *["SpendingProposal"] * 3]
    assert spent() == HALF


def proposed(slug, actor):
    with transaction():
        hand = subsidy(slug, "large", 20_000)
        proposal_id = fund.enter_or_ask(actor=actor, now=clock.now(), entry=hand).id
    db.session.rollback()
    return proposal_id


def answering(proposal_id, actor, act, **facts):
    def work():
        row = db.session.get_one(SpendingProposal, proposal_id)
        return type(act(actor=actor, now=clock.now(), proposal=row, **facts)).__name__

    return writing(work)


@pytest.mark.postgres
def test_without_the_lock_what_was_refused_is_paid(app, network, monkeypatch):
    slug, treasurer, (one, other) = network
    proposal_id = proposed(slug, treasurer)
    gate = Barrier(2)

    def unlocked(row, now):
        found = db.session.scalars(
            select(SpendingProposal).where(SpendingProposal.id == row.id)
        ).one()
        gate.wait(30)
        return found

    monkeypatch.setattr(spending, "_waiting", unlocked)
    results = together(
        app,
        [
            answering(proposal_id, one, fund.approve_spending),
            answering(proposal_id, other, fund.refuse_spending, answer="No"),
        ],
    )

    # Both were told that their answer counts, or the database's own check stopped one of them.
    assert spent() in (20_000, 0)
    assert errors(results) in ([], ["IntegrityError"])
    assert results.count("SpendingProposal") == 1 or errors(results)


def test_four_answers_at_once_are_one_answer(app, network):
    slug, treasurer, (one, other) = network
    proposal_id = proposed(slug, treasurer)

    results = together(
        app,
        [
            answering(proposal_id, one, fund.approve_spending),
            answering(proposal_id, other, fund.approve_spending),
            answering(proposal_id, other, fund.refuse_spending, answer="No"),
            answering(proposal_id, treasurer, fund.withdraw_spending),
        ],
    )

    assert errors(results) == ["ProposalOver"] * 3
    state = db.session.get_one(SpendingProposal, proposal_id).state
    approved = state is SpendingState.APPROVED
    assert spent() == (20_000 if approved else 0)
    assert db.session.scalar(select(func.count()).where(Entry.key.like("hand:%"))) == approved


def test_the_same_form_at_once_is_one_proposal(app, network):
    slug, treasurer, _ = network
    hand = subsidy(slug, "same", 20_000)

    def work():
        return fund.enter_or_ask(actor=treasurer, now=clock.now(), entry=hand).id

    results = together(app, [writing(work) for _ in range(3)])

    assert len(set(results)) == 1
    assert spent() == 0
