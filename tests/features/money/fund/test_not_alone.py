"""Nobody gets round the rule of two people by a detour."""

from datetime import date

import pytest
from sqlalchemy import select

from booking.domain import bidding
from booking.domain.ledger import EntryKind, Fund
from booking.domain.permissions import Role
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.bank.models import BankLine
from booking.money.bank.service import recording
from booking.money.fund import service
from booking.money.fund.models import Entry, SpendingProposal
from booking.money.fund.service import HandEntry, NotMovable
from tests.builders import bank, bids, events, schools
from tests.builders.fund import make_grant


@pytest.fixture
def treasurer(network):
    make_grant(pence=500_000, fund=Fund.EVENTS)
    schools.make_person(role=Role.LEAD)
    return schools.make_person(role=Role.TREASURER)


@pytest.fixture
def days(network):
    """Two events, each of another school."""
    one, other = list(network.values())[:2]
    return (
        events.make_event(host=one, low_year=1),
        events.make_event(title="Art day", host=other, low_year=1),
    )


def record(person, event, form, pence=9_000):
    cost = HandEntry(
        EntryKind.EVENT_COST,
        form,
        clock.today(),
        pence,
        Fund.EVENTS,
        description="Paint",
        event=event.slug,
    )
    with transaction():
        return service.enter_or_ask(actor=schools.actor_of(person), now=clock.now(), entry=cost)


def move(person, entry, event):
    with transaction():
        return service.move_cost(
            actor=schools.actor_of(person),
            now=clock.now(),
            entry=entry,
            event=event,
            reason="For the other day",
        )


def test_a_cost_is_not_moved_to_a_school_of_ones_own(treasurer, days):
    away, own = days
    schools.grant(treasurer, Role.COORDINATOR, own.host_school)
    assert isinstance(record(treasurer, own, "direct"), SpendingProposal)
    made = record(treasurer, away, "away")

    with pytest.raises(NotMovable, match="a school where you hold a role"):
        move(treasurer, made, own)


def test_costs_that_are_moved_to_a_school_count_there(treasurer, days):
    away, gaining = days
    first = move(treasurer, record(treasurer, away, "first"), gaining)
    assert first.event.host_school_id == gaining.host_school_id
    second = record(treasurer, away, "second")
    assert isinstance(second, Entry), "what was moved away counts there no longer"

    with pytest.raises(NotMovable, match="a second person then decides"):
        move(treasurer, second, gaining)


def test_within_one_school_a_cost_is_moved_whatever_the_amount(treasurer, days, network):
    away, _ = days
    same = events.make_event(title="Late day", host=away.host_school, low_year=1)

    made = record(treasurer, away, "first")
    assert move(treasurer, made, same).event_id == same.id


def test_a_bank_line_waits_with_its_proposal_and_is_matched_when_a_second_approves(network):
    make_grant(pence=500_000)
    treasurer, lead = schools.make_person(role=Role.TREASURER), schools.make_person(role=Role.LEAD)
    bank.make_statement((date(2027, 2, 1), "COURSE", -24_000))
    [line] = db.session.scalars(select(BankLine).where(BankLine.pence == -24_000))
    course = HandEntry(
        EntryKind.SUBSIDY,
        "",
        date(2027, 2, 1),
        fund=Fund.CPD,
        description="Course",
        school=next(iter(network)),
    )

    def ask():
        with transaction():
            return recording.record_missing(
                actor=schools.actor_of(treasurer), now=clock.now(), line=line, entry=course
            )

    proposal = ask()
    assert isinstance(proposal, SpendingProposal)
    assert line.match_id is None
    assert ask().id == proposal.id, "sent twice, it is proposed once"
    with transaction():
        made = service.approve_spending(
            actor=schools.actor_of(lead), now=clock.now(), proposal=proposal
        )
    db.session.refresh(line)
    assert (made.kind, line.match_id is None) == (EntryKind.SUBSIDY, False)


def test_nobody_pays_a_bid_of_their_own(treasurer, network):
    school = next(iter(network.values()))
    make_grant(pence=500_000)
    bids.keep_rules()
    deciders = bids.make_deciders()
    schools.grant(treasurer, Role.COORDINATOR, school)
    bid = bids.make_bid(school=school, applicant=treasurer)
    bids.approve(bid, deciders[0])
    bids.claim(bid)

    with pytest.raises(bidding.OwnBid, match="another treasurer pays it"):
        bids.pay(bid, by=treasurer)
