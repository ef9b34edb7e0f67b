"""Save the rules that a new event starts with."""

from dataclasses import asdict
from datetime import datetime

from booking.days.events import locks
from booking.days.events.details import RuleDetails
from booking.days.events.models import NetworkRules
from booking.days.events.refusals import EventRefused
from booking.days.events.service import rules
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db


def keep_network_rules(*, actor: Actor, now: datetime, details: RuleDetails) -> NetworkRules:
    """Save the rules for new events; existing events keep their own.

    Raises EventRefused.
    """
    if problems := rules.of_network(details):
        raise EventRefused(problems)
    row = locks.network_rules()
    if row is None:
        row = NetworkRules(id=THE_ROW)
        db.session.add(row)
    for name, value in asdict(details).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by_id = now, actor.person_id
    audit.record(actor=actor, action="keep_network_rules", subject=row, now=now, **asdict(details))
    return row
