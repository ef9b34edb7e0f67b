"""Two-person decisions: one asks, another approves or refuses; only then is it posted.

Deciding locks the request's row until the end of the transaction, so that two people who answer at
once give one answer.
"""

from datetime import datetime

from sqlalchemy.exc import IntegrityError

from booking.days.events import locks as event_locks
from booking.days.events import service as events
from booking.days.events.models import Event
from booking.domain import ledger, money
from booking.domain.ledger import DecisionState, Subject
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.fund import locks, queries
from booking.money.fund.models import Decision, Entry
from booking.money.fund.refusals import AlreadyAsked, AnswerMissing, NobodyToDecide
from booking.money.fund.service import closing, mail, posting, undoing


class AlreadyDecided(ValueError):
    """Somebody has already approved or refused it."""


class DeficitChanged(ValueError):
    """Money has moved since the lead was asked."""


def ask_reversal(*, actor: Actor, now: datetime, entry: Entry, reason: str) -> Decision:
    """Ask a second person to reverse an entry made by hand.

    Raises what `undoing.reverse` raises, AlreadyAsked and NobodyToDecide.
    """
    undoing.refuse_made_elsewhere(entry)
    return _ask_to_undo(actor=actor, now=now, entry=entry, reason=reason)


def _ask_to_undo(*, actor: Actor, now: datetime, entry: Entry, reason: str) -> Decision:
    posting.reversible(entry, reason=reason)
    asked = Decision(
        subject=Subject.REVERSAL, entry_id=entry.id, pence=posting.pence_of(entry), reason=reason
    )
    return _ask(asked, actor, now)


def ask_deficit(*, actor: Actor, now: datetime, event: Event, reason: str) -> Decision:
    """Ask the lead to meet an event's deficit from administration; it stays open until then.

    Raises closing.NothingLeft if there is no deficit, ledger.EntryReasonMissing,
    events.NotOverYet, AlreadyAsked and NobodyToDecide.
    """
    event = event_locks.event(event.id)
    if event.state not in closing.SETTLED:
        events.check_over(event, now)
    surplus = closing.surplus_of(event)
    if surplus >= 0:
        raise closing.NothingLeft("There is no deficit to decide about. Close the event.")
    if not reason.strip():
        raise ledger.EntryReasonMissing(
            "Give the reason for meeting the deficit from administration."
        )
    asked = Decision(subject=Subject.DEFICIT, event_id=event.id, pence=-surplus, reason=reason)
    return _ask(asked, actor, now)


def _ask(asked: Decision, actor: Actor, now: datetime) -> Decision:
    assert actor.person_id is not None, "what no person asks needs no second person"
    if queries.open_decision(entry_id=asked.entry_id, event_id=asked.event_id) is not None:
        raise AlreadyAsked("Somebody has already asked for this, and it is waiting for a decision.")
    deciders = queries.deciders(asked.subject, besides=actor.person_id)
    if not deciders:
        raise NobodyToDecide(
            "Nobody else can decide this. Ask the network lead to give a second person the post "
            "of treasurer or network lead."
        )
    asked.reason, asked.asked_by_id, asked.asked_at = asked.reason.strip(), actor.person_id, now
    try:
        with db.session.begin_nested():
            db.session.add(asked)
    except IntegrityError as error:
        raise AlreadyAsked("Somebody has just asked for this.") from error
    _record(asked, actor, now, "ask")
    mail.asked(asked, deciders, now=now)
    return asked


def reverse_or_ask(*, actor: Actor, now: datetime, entry: Entry, reason: str) -> Entry | Decision:
    """Reverse an entry, or ask a second person to if it is above the limit.

    Raises what `undoing.reverse` and `ask_reversal` raise, except ledger.SecondPersonNeeded.
    """
    try:
        return undoing.reverse(actor=actor, now=now, entry=entry, reason=reason)
    except ledger.SecondPersonNeeded:
        return ask_reversal(actor=actor, now=now, entry=entry, reason=reason)


def undo_or_ask(
    *, actor: Actor, now: datetime, entry: Entry, reason: str, decided: bool = False
) -> Entry | Decision:
    """Undo the entry of what the caller holds and undoes, or ask a second person to.

    `decided` says that the second person is the actor. Whoever gets a Decision leaves what made the
    entry as it is. Where somebody reversed the entry in the ledger, that reversal is returned: only
    its source is left to be put right. Raises ReasonMissing, AlreadyAsked and NobodyToDecide.
    """
    reason = undoing.check_reason(reason)
    if (reversal := queries.by_key(f"reversal:{entry.key}")) is not None:
        return reversal
    if not decided and undoing.needs_second(entry, actor):
        return _ask_to_undo(actor=actor, now=now, entry=entry, reason=reason)
    return posting.undo(actor=actor, now=now, entry=entry, reason=reason)


def close_or_ask(
    *, actor: Actor, now: datetime, event: Event, reason: str = ""
) -> Entry | Decision | None:
    """Close an event, or ask the lead about its deficit; until then it stays open.

    Raises what `closing.close_event` and `ask_deficit` raise, except ledger.SecondPersonNeeded.
    """
    if ledger.decides_alone(Subject.DEFICIT, actor) or closing.surplus_of(event) >= 0:
        return closing.close_event(actor=actor, now=now, event=event, reason=reason)
    return ask_deficit(actor=actor, now=now, event=event, reason=reason)


def approve(*, actor: Actor, now: datetime, decision: Decision) -> Entry:
    """Approve a request as the second person: post it, and return the entry.

    An entry that a page made is undone with what made it. Raises AlreadyDecided, DeficitChanged,
    ledger.OwnRequest, ledger.NotTheDecider, undoing.MadeElsewhere, what posting raises, such as
    AlreadyReversed, and AlreadyUndone or another refusal of what made it.
    """
    if decision.event is not None:
        event_locks.event(decision.event.id)  # the event always comes first in the order of locks
    decision = _to_decide(decision, actor)
    made = _undo(decision, actor, now) if decision.entry else _meet(decision, actor, now)
    decision.made_id = made.id
    return _decided(decision, DecisionState.APPROVED, actor, now).made or made


def _undo(decision: Decision, actor: Actor, now: datetime) -> Entry:
    entry = decision.entry
    assert entry is not None
    source = undoing.source_of(entry.key)
    if source is None:
        return posting.undo(actor=actor, now=now, entry=entry, reason=decision.reason)
    if source.undo is None:
        raise undoing.MadeElsewhere(source)
    made = source.undo(actor=actor, now=now, reason=decision.reason)
    assert isinstance(made, Entry), "the second person is here"
    return made


def _meet(decision: Decision, actor: Actor, now: datetime) -> Entry:
    assert decision.event is not None
    deficit = -closing.surplus_of(decision.event)
    if deficit != decision.pence:
        raise DeficitChanged(
            f"The deficit was {money.pounds(decision.pence)} at the time of the request and is now "
            f"{money.pounds(deficit)}. Refuse this, so that the treasurer can ask again."
        )
    made = closing.close_event(actor=actor, now=now, event=decision.event, reason=decision.reason)
    assert made is not None, "a deficit makes an entry"
    return made


def refuse(*, actor: Actor, now: datetime, decision: Decision, answer: str) -> Decision:
    """Refuse a request, with a reason; nothing is posted.

    Raises AnswerMissing, AlreadyDecided, ledger.OwnRequest and ledger.NotTheDecider.
    """
    if not answer.strip():
        raise AnswerMissing("Give a reason, so that the person who asked knows what to do next.")
    decision = _to_decide(decision, actor)
    decision.answer = answer.strip()
    return _decided(decision, DecisionState.REFUSED, actor, now)


def _to_decide(decision: Decision, actor: Actor) -> Decision:
    """Return a request, read again and locked, if it is waiting and the actor may decide it."""
    found = locks.decision(decision.id)
    if found.state is not DecisionState.ASKED:
        who = found.decided_by.name if found.decided_by else "Somebody"
        raise AlreadyDecided(
            f"{who} has already {found.state.value} this. There is nothing more to do."
        )
    ledger.check_decider(found.subject, actor, asked_by_id=found.asked_by_id)
    if found.entry is not None and undoing.is_own(found.entry, actor):
        raise ledger.NotTheDecider(
            "This is about a school where you hold a role, so another lead or treasurer decides."
        )
    return found


def _decided(decision: Decision, state: DecisionState, actor: Actor, now: datetime) -> Decision:
    decision.state, decision.decided_by_id, decision.decided_at = state, actor.person_id, now
    _record(decision, actor, now, "approve" if state is DecisionState.APPROVED else "refuse")
    mail.decided(decision, now=now)
    return decision


def _record(decision: Decision, actor: Actor, now: datetime, verb: str) -> None:
    audit.record(
        actor=actor,
        action=f"{verb}_{decision.subject.value}",
        subject=decision,
        reason=decision.answer or decision.reason,
        now=now,
        entry_id=decision.entry_id,
        event_id=decision.event_id,
        pence=decision.pence,
    )
