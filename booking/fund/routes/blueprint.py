"""The blueprint of the fund, and how its addresses find an event or an entry."""

from typing import Any

from flask import Blueprint
from flask_login import current_user

from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.events import queries as events
from booking.events import states
from booking.events.models import Event
from booking.fund import queries
from booking.fund.models import Entry

fund = Blueprint("fund", __name__, url_prefix="/fund")
WHOLE_NETWORK = Scope()


def load_event(**url_parts: Any) -> Event | None:
    """Return the event of an address, once it has been published."""
    event = events.by_slug(url_parts["slug"])
    return event if event is not None and event.state in states.PUBLIC else None


def load_entry(**url_parts: Any) -> Entry | None:
    """Return the entry of an address."""
    return queries.by_key(url_parts["key"])


def network_wide(_subject: Any) -> Scope:
    """Return the scope of everything in the ledger: it belongs to no school."""
    return WHOLE_NETWORK


def may_keep() -> bool:
    """Say whether whoever is signed in may write in the ledger."""
    return permissions.may(current_user.actor, Action.KEEP_FUND)
