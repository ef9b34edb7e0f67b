"""Keep the network's rules for bids."""

from dataclasses import asdict
from datetime import datetime

from booking.domain import bidding
from booking.domain.bidding import Rules
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db
from booking.money.bids import locks
from booking.money.bids.models import BidRules


def keep_rules(*, actor: Actor, now: datetime, rules: Rules) -> BidRules:
    """Apply these rules from now on; what has already been promised stays promised.

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
