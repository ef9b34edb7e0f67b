"""Rules of money change by two people: one proposes, another confirms, and all are told.

A rule that one person could change alone would protect from nothing: they would raise the limit,
act, and put it back.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from booking.domain.ledger import rule_changes
from booking.domain.ledger.rule_changes import (
    NoLongerWaits,
    RuleBook,
    RuleChangeRefused,
    RuleChangeState,
)
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.fund import locks, ports, queries
from booking.money.fund.models import RuleChange
from booking.money.fund.refusals import AlreadyAsked, NobodyToDecide
from booking.money.fund.service import rule_mail

_ACTIONS = {
    RuleChangeState.CONFIRMED: "confirm_rules",
    RuleChangeState.REFUSED: "refuse_rules",
    RuleChangeState.WITHDRAWN: "withdraw_rules",
}


class NothingChanged(RuleChangeRefused):
    """The rules are like this already."""


def propose_rules(
    *, actor: Actor, now: datetime, book: RuleBook, wanted: Mapping[str, Any]
) -> RuleChange:
    """Propose other rules; they stay as they are until another person confirms.

    Raises NothingChanged, AlreadyAsked and NobodyToDecide.
    """
    assert actor.person_id is not None, "what no person proposes needs no second person"
    was = ports.kept_rules(book).values()
    if dict(wanted) == dict(was):
        raise NothingChanged("These are the rules already. Change something, or go back.")
    _end_lapsed(book, now)
    if not queries.rule_deciders(besides=actor.person_id):
        raise NobodyToDecide(
            "Rules of money take two people. Invite a second network lead or treasurer first."
        )
    change = RuleChange(
        book=book,
        wanted=dict(wanted),
        was=dict(was),
        asked_by_id=actor.person_id,
        asked_at=now,
        expires_at=now + rule_changes.WAITS_FOR,
    )
    try:
        with db.session.begin_nested():
            db.session.add(change)
    except IntegrityError as error:
        raise AlreadyAsked(
            "Another change of these rules waits for its second person. Decide on that first."
        ) from error
    _record(change, actor, now, action="propose_rules")
    rule_mail.proposed(change, now=now)
    return change


def confirm_rules(*, actor: Actor, now: datetime, change: RuleChange) -> RuleChange:
    """Confirm a proposal as the second person: the rules apply from now on.

    Raises RuleChangeRefused, and what keeping these rules raises.
    """
    change = _waiting(change, now)
    rule_changes.check_confirmer(actor, asked_by_id=change.asked_by_id)
    kept = ports.kept_rules(change.book)
    if dict(kept.values()) != change.was:
        raise NoLongerWaits("The rules have changed since. Refuse this; it is proposed again.")
    kept.keep(actor=actor, now=now, wanted=change.wanted)
    return _decided(change, RuleChangeState.CONFIRMED, actor, now)


def refuse_rules(*, actor: Actor, now: datetime, change: RuleChange) -> RuleChange:
    """Refuse a proposal: the rules stay as they are. Raises RuleChangeRefused."""
    change = _waiting(change, now)
    rule_changes.check_confirmer(actor, asked_by_id=change.asked_by_id)
    return _decided(change, RuleChangeState.REFUSED, actor, now)


def withdraw_rules(*, actor: Actor, now: datetime, change: RuleChange) -> RuleChange:
    """Take back one's own proposal. Raises RuleChangeRefused."""
    change = _waiting(change, now)
    rule_changes.check_proposer(actor, asked_by_id=change.asked_by_id)
    return _decided(change, RuleChangeState.WITHDRAWN, actor, now)


def _waiting(change: RuleChange, now: datetime) -> RuleChange:
    """Return a proposal, read again and locked, if it still waits."""
    found = locks.rule_change(change.id)
    rule_changes.check_waits(
        rule_changes.state_now(found.state, expires_at=found.expires_at, now=now)
    )
    return found


def _end_lapsed(book: RuleBook, now: datetime) -> None:
    """Write down that the last proposal has lapsed, so that another can be made."""
    for change in locks.lapsed_rule_changes(book, now):
        change.state = RuleChangeState.LAPSED
    db.session.flush()


def _decided(change: RuleChange, state: RuleChangeState, actor: Actor, now: datetime) -> RuleChange:
    change.state, change.decided_by_id, change.decided_at = state, actor.person_id, now
    _record(change, actor, now, action=_ACTIONS[state])
    rule_mail.decided(change, now=now)
    return change


def _record(change: RuleChange, actor: Actor, now: datetime, *, action: str) -> None:
    changed = {name: [change.was.get(name), value] for name, value in change.wanted.items()}
    audit.record(
        actor=actor,
        action=action,
        subject=change,
        now=now,
        rules=change.book.value,
        changed={name: pair for name, pair in changed.items() if pair[0] != pair[1]},
    )
