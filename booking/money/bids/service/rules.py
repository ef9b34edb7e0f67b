"""Keep the network's rules for bids, which two people change."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from booking.domain import bidding
from booking.domain.bidding import Rules
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db
from booking.money.bids import locks, pages, queries
from booking.money.bids.models import BidRules
from booking.money.fund.details import KeptRules


def bid_book(book: RuleBook) -> KeptRules | None:
    """Return how the rules for bids are read and kept."""
    if book is not RuleBook.BIDS:
        return None
    return KeptRules(
        title="Rules for bids",
        endpoint="bids.rules",
        values=lambda: asdict(queries.rules()),
        words=_words,
        keep=_keep,
    )


def _words(values: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
    rules = Rules(**values)
    shown = "Can read what the money was used for" if rules.shown_to_visitors else "Cannot"
    return [*pages.rule_words(rules), ("Visitors", shown)]


def _keep(*, actor: Actor, now: datetime, wanted: Mapping[str, Any]) -> BidRules:
    return keep_rules(actor=actor, now=now, rules=Rules(**wanted))


def keep_rules(*, actor: Actor, now: datetime, rules: Rules) -> BidRules:
    """Apply these rules from now on, once two people agree; what is promised stays promised.

    Raises domain.RulesWrong.
    """
    bidding.check_rules(rules)
    row = locks.rules()
    if row is None:
        row = BidRules(id=THE_ROW)
        db.session.add(row)
    for name, value in asdict(rules).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by_id = now, actor.person_id
    audit.record(actor=actor, action="keep_bid_rules", subject=row, now=now, **asdict(rules))
    return row
