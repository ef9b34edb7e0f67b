"""The rules that a new event starts with."""

from dataclasses import fields

from booking.days.events.details import RuleDetails
from booking.days.events.models import NetworkRules
from booking.foundation.db import THE_ROW, db


def network_rules() -> RuleDetails:
    """Return the network's rules as the lead has set them, or the usual ones until then."""
    row = db.session.get(NetworkRules, THE_ROW)
    if row is None:
        return RuleDetails()
    return RuleDetails(**{field.name: getattr(row, field.name) for field in fields(RuleDetails)})
