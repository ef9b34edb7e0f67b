"""Keep the rules that a new event starts with."""

from dataclasses import asdict
from datetime import datetime

from booking.audit import service as audit
from booking.db import db
from booking.domain.permissions import Actor
from booking.events.details import RuleDetails
from booking.events.models import NetworkRules
from booking.events.problems import EventRefused
from booking.events.queries.network_rules import THE_ROW
from booking.events.service import rules


def keep_network_rules(*, actor: Actor, now: datetime, details: RuleDetails) -> NetworkRules:
    """Let new events start with these rules; events that are written already keep their own.

    Raises EventRefused.
    """
    if problems := rules.of_network(details):
        raise EventRefused(problems)
    row = db.session.get(NetworkRules, THE_ROW, with_for_update=True)
    if row is None:
        row = NetworkRules(id=THE_ROW)
        db.session.add(row)
    for name, value in asdict(details).items():
        setattr(row, name, value)
    row.changed_at, row.changed_by_id = now, actor.person_id
    audit.record(actor=actor, action="keep_network_rules", subject=row, now=now, **asdict(details))
    return row
