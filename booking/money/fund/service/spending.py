"""Payments by hand that take two people: one proposes, a second who gains nothing approves.

Whatever one person may pay alone is recorded at once. The funds are locked before anything is
counted, so that two small payments at the same moment count together.
"""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from booking.domain.ledger import two_people
from booking.domain.ledger.two_people import SpendingState, TakesTwo, WhyTwo
from booking.domain.permissions import WORKER, Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.fund import locks, ports, queries
from booking.money.fund.details import HandEntry
from booking.money.fund.models import Entry, SpendingProposal
from booking.money.fund.refusals import AlreadyAsked, AnswerMissing, NobodyToDecide
from booking.money.fund.service import by_hand, spending_mail

_ACTIONS = {
    SpendingState.APPROVED: "approve_spending",
    SpendingState.REFUSED: "refuse_spending",
    SpendingState.WITHDRAWN: "withdraw_spending",
    SpendingState.LAPSED: "lapse_spending",
}


def enter_or_ask(
    *, actor: Actor, now: datetime, entry: HandEntry, bank_line: str = ""
) -> Entry | SpendingProposal:
    """Record an entry made by hand, or propose it to a second person if it takes two.

    Sending the same form twice proposes it once. Raises what `by_hand.enter` raises except
    TakesTwo, and AlreadyAsked and NobodyToDecide.
    """
    locks.funds()
    if found := queries.open_proposal(entry.key):
        return _same(found, entry)
    try:
        return by_hand.enter(actor=actor, now=now, entry=entry)
    except TakesTwo as needed:
        return _propose(actor, now, entry, needed.why, bank_line)


def _same(found: SpendingProposal, entry: HandEntry) -> SpendingProposal:
    if HandEntry.of_plain(found.wanted) != entry:
        raise AlreadyAsked("This has been proposed already, and waits for its second person.")
    return found


def _propose(
    actor: Actor, now: datetime, entry: HandEntry, why: WhyTwo, bank_line: str
) -> SpendingProposal:
    assert actor.person_id is not None, "what no person asks needs no second person"
    school = queries.gaining_school(entry)
    school_id = school.id if school else None
    deciders = queries.spending_deciders(besides=actor.person_id, school_id=school_id)
    if not deciders:
        raise NobodyToDecide(
            "This payment takes a second treasurer or lead who has no role at the school that "
            "gains, and there is none. Ask the network lead to invite one."
        )
    proposed = SpendingProposal(
        key=entry.key,
        wanted=entry.plain(),
        pence=entry.pence,
        school_id=school_id,
        why=why,
        bank_line=bank_line,
        asked_by_id=actor.person_id,
        asked_at=now,
        expires_at=now + two_people.WAITS_FOR,
    )
    try:
        with db.session.begin_nested():
            db.session.add(proposed)
    except IntegrityError as error:
        raise AlreadyAsked("Somebody has just proposed this.") from error
    _record(proposed, actor, now, "propose_spending")
    spending_mail.proposed(proposed, deciders, now=now)
    return proposed


def approve_spending(*, actor: Actor, now: datetime, proposal: SpendingProposal) -> Entry:
    """Approve a payment as the second person: it is in the ledger from now on.

    Everything is checked again as it is now: the fund's money, its books, the limit no longer.
    Raises SpendingRefused, ledger.OwnRequest and NotTheDecider, and what `by_hand.enter` raises.
    """
    locks.funds()
    proposal = _to_answer(proposal, actor, now)
    two_people.check_still_keeps(queries.roles_of(proposal.asked_by_id))
    entry = HandEntry.of_plain(proposal.wanted)
    made = by_hand.enter(actor=actor, now=now, entry=entry, decided=True)
    proposal.made_id = made.id
    _decided(proposal, SpendingState.APPROVED, actor, now)
    if proposal.bank_line:
        ports.match_money(actor=actor, now=now, line=proposal.bank_line, keys=[made.key])
    return made


def refuse_spending(
    *, actor: Actor, now: datetime, proposal: SpendingProposal, answer: str
) -> SpendingProposal:
    """Refuse a payment: nothing is recorded. Raises AnswerMissing, and as `approve_spending`."""
    if not answer.strip():
        raise AnswerMissing("Give a reason, so that the person who asked knows what to do next.")
    proposal = _to_answer(proposal, actor, now)
    proposal.answer = answer.strip()
    return _decided(proposal, SpendingState.REFUSED, actor, now)


def withdraw_spending(
    *, actor: Actor, now: datetime, proposal: SpendingProposal
) -> SpendingProposal:
    """Take one's own proposal back. Raises SpendingRefused."""
    proposal = _waiting(proposal, now)
    two_people.check_proposer(actor, asked_by_id=proposal.asked_by_id)
    return _decided(proposal, SpendingState.WITHDRAWN, actor, now)


def lapse_spending(*, now: datetime) -> int:
    """Write down which proposals have waited too long, and tell who made them; return how many."""
    found: Sequence[SpendingProposal] = locks.lapsed_spending(now)
    for proposal in found:
        proposal.state = SpendingState.LAPSED
        _record(proposal, WORKER, now, _ACTIONS[SpendingState.LAPSED])
        spending_mail.decided(proposal, now=now)
    db.session.flush()
    return len(found)


def _waiting(proposal: SpendingProposal, now: datetime) -> SpendingProposal:
    """Return a proposal, read again and locked, if it still waits."""
    found = locks.spending(proposal.id)
    two_people.check_waits(two_people.state_now(found.state, expires_at=found.expires_at, now=now))
    return found


def _to_answer(proposal: SpendingProposal, actor: Actor, now: datetime) -> SpendingProposal:
    found = _waiting(proposal, now)
    two_people.check_second(
        actor,
        asked_by_id=found.asked_by_id,
        school_id=found.school_id,
        own_schools=actor.schools(),
    )
    return found


def _decided(
    proposal: SpendingProposal, state: SpendingState, actor: Actor, now: datetime
) -> SpendingProposal:
    proposal.state, proposal.decided_by_id, proposal.decided_at = state, actor.person_id, now
    db.session.flush()
    _record(proposal, actor, now, _ACTIONS[state])
    spending_mail.decided(proposal, now=now)
    return proposal


def _record(proposal: SpendingProposal, actor: Actor, now: datetime, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=proposal,
        reason=proposal.answer,
        now=now,
        kind=proposal.wanted["kind"],
        pence=proposal.pence,
        why=proposal.why.value,
    )
