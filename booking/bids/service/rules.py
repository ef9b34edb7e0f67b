"""Keep the network's rules for bids."""

from dataclasses import asdict
from datetime import datetime

from booking.audit import service as audit
from booking.bids.models import BidRules
from booking.bids.queries import THE_ROW
from booking.db import db
from booking.domain import bids as domain
from booking.domain.bids import Rules
from booking.domain.permissions import Actor


def keep_rules(*, actor: Actor, now: datetime, rules: Rules) -> BidRules:
    """Let these rules hold from now on; what is promised already stays promised.

    Raises domain.RulesWrong.
    """
    domain.check_rules(rules)
    row = db.session.get(BidRules, THE_ROW, with_for_update=True)
    if row is None:
        row = BidRules(id=THE_ROW)
        db.session.add(row)
    for name, value in asdict(rules).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by_id = now, actor.person_id
    audit.record(actor=actor, action="keep_bid_rules", subject=row, now=now, **asdict(rules))
    return row
