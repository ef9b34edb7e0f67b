"""The fund's blueprint: how its addresses find an event or an entry, how its buttons end."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash
from flask.typing import ResponseReturnValue
from flask_login import current_user

from booking.days.events import queries as event_queries
from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain import permissions
from booking.domain.permissions import Action, Scope
from booking.foundation import clock
from booking.foundation.web import redirects
from booking.foundation.web.forms import Form, Refusals
from booking.money.fund import queries
from booking.money.fund.models import Decision, Entry, FundRow

fund = Blueprint("fund", __name__, url_prefix="/fund")
WHOLE_NETWORK = Scope()


def load_event(**url_parts: Any) -> Event | None:
    """Return the event at an address, if it has been published."""
    event = event_queries.by_slug(url_parts["slug"])
    return event if event is not None and event.state in event_states.PUBLIC else None


def load_entry(**url_parts: Any) -> Entry | None:
    """Return the entry at an address."""
    return queries.by_key(url_parts["key"])


def load_fund(**url_parts: Any) -> FundRow | None:
    """Return the fund at an address."""
    return queries.fund_named(url_parts["slug"])


def load_decision(**url_parts: Any) -> Decision | None:
    """Return the request for a decision at an address."""
    return queries.decision(url_parts["public_id"])


def network_wide(_subject: Any) -> Scope:
    """Return the scope of everything in the ledger: it belongs to no school."""
    return WHOLE_NETWORK


def may_keep() -> bool:
    """Return whether the signed-in person may write in the ledger."""
    return permissions.may(current_user.actor, Action.KEEP_FUND)


def may_steer() -> bool:
    """Return whether the signed-in person keeps the list of funds and may be a second person."""
    return permissions.may(current_user.actor, Action.STEER_FUND)


def answered(
    form: Form,
    act: Callable[..., object],
    refusals: Refusals,
    *,
    page: Callable[[], str],
    done: str,
    to: str,
) -> ResponseReturnValue:
    """Do what a button of a page says, say so and go on to `to`; or show the page with why not."""
    if not form.attempt(lambda: act(actor=current_user.actor, now=clock.now()), refusals):
        return page(), 422
    flash(done, "success")
    return redirects.see(to)
