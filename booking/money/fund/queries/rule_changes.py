"""Reads of proposed rules of money, and who may confirm them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from booking.domain.ledger.rule_changes import STEERING, RuleBook, RuleChangeState
from booking.foundation.db import db
from booking.money.fund.details import KeptRules, RuleRow
from booking.money.fund.models import RuleChange
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


def rule_change(public_id: str) -> RuleChange | None:
    """Return one proposal."""
    return db.session.scalar(_shown().where(RuleChange.public_id == public_id))


def waiting_rules(now: datetime, book: RuleBook | None = None) -> Sequence[RuleChange]:
    """Return the proposals that wait, of one book of rules or of all: one query."""
    found = _shown().where(RuleChange.state == RuleChangeState.ASKED, RuleChange.expires_at > now)
    if book is not None:
        found = found.where(RuleChange.book == book)
    return db.session.scalars(found.order_by(RuleChange.id)).all()


def rule_deciders(*, besides: int | None) -> list[Person]:
    """Return everybody who may confirm, except whoever proposes, by name."""
    found = {person.id: person for role in STEERING for person in school_queries.people_with(role)}
    return sorted(
        (person for person in found.values() if person.id != besides),
        key=lambda person: (person.name, person.id),
    )


def rule_rows(change: RuleChange, kept: KeptRules) -> list[RuleRow]:
    """Return what changes, from what and to what, in words."""
    before, after = dict(kept.words(change.was)), dict(kept.words(change.wanted))
    return [
        RuleRow(label, before.get(label, ""), said)
        for label, said in after.items()
        if before.get(label) != said
    ]


def _shown() -> Select[RuleChange]:
    return select(RuleChange).options(
        joinedload(RuleChange.asked_by), joinedload(RuleChange.decided_by)
    )
