"""Two payments or two answers at the same moment: no limit is got round, nothing is paid twice."""

from threading import Barrier
from types import SimpleNamespace

import pytest
from sqlalchemy import func, select

from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund
from booking.domain.ledger.two_people import SpendingState
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import locks as fund_locks
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund import service as fund
from booking.money.fund.models import Entry, SpendingProposal
from booking.money.fund.service import by_hand, spending
from tests.builders import schools
from tests.builders.fund import make_grant
from tests.races.together import errors, meeting, together, writing

HELD, HALF, CREDIT = 50_000, 6_000, 15_000


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


@pytest.fixture
def asked_back(network):
    """£150.00 that the school paid too much, and two proposals to give all of it back."""
    slug, treasurer, _ = network
    with transaction():
        credit = ledger.school_credit(key="credit:1", pence=CREDIT, school=slug)
        fund.post(actor=COMMAND, now=clock.now(), draft=credit)
        found = []
        for number in range(2):
            hand = fund.HandEntry(
                EntryKind.SCHOOL_CREDIT_BACK, f"back-{number}", clock.today(), CREDIT, school=slug
            )
            found.append(fund.enter_or_ask(actor=treasurer, now=clock.now(), entry=hand).id)
    db.session.rollback()
    return found


def owed_back(slug):
    db.session.rollback()
    return -sum(fund_queries.held_by_fund(ledger.due_from_school(slug)).values())


@pytest.mark.postgres
def test_without_the_lock_a_credit_is_given_back_twice(app, network, asked_back, monkeypatch):
    slug, _, leads = network
    monkeypatch.setattr(fund_locks, "funds", lambda: None)
    monkeypatch.setattr(
        by_hand, "ports", SimpleNamespace(school_credit=meeting(fund_ports.school_credit, 2))
    )
    works = [
        answering(each, lead, fund.approve_spending)
        for each, lead in zip(asked_back, leads, strict=True)
    ]

    assert together(app, works) == ["Entry", "Entry"]
    assert owed_back(slug) == -CREDIT


def test_two_approvals_at_once_give_a_credit_back_once(app, network, asked_back):
    slug, _, leads = network
    works = [
        answering(each, lead, fund.approve_spending)
        for each, lead in zip(asked_back, leads, strict=True)
    ]

    assert errors(together(app, works)) == ["NotEnoughMoney"]
    assert owed_back(slug) == 0


def test_the_same_form_at_once_is_one_proposal(app, network):
    slug, treasurer, _ = network
    hand = subsidy(slug, "same", 20_000)

    def work():
        return fund.enter_or_ask(actor=treasurer, now=clock.now(), entry=hand).id

    results = together(app, [writing(work) for _ in range(3)])

    assert len(set(results)) == 1
    assert spent() == 0
