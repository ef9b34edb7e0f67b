"""Close an event: its surplus goes to the CPD fund, its deficit is met from administration."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events import service as events
from booking.days.events.models import Event, EventState
from booking.domain import ledger
from booking.domain.ledger import Fund, Subject, accounts
from booking.domain.permissions import Actor
from booking.money.fund import locks, queries
from booking.money.fund.models import Entry
from booking.money.fund.service import posting

#: States in which an event is not closed again; only what has moved since is swept.
SETTLED = frozenset({EventState.CLOSED, EventState.CANCELLED})


class NothingLeft(ValueError):
    """The event is closed and nothing has moved since."""


def close_event(*, actor: Actor, now: datetime, event: Event, reason: str = "") -> Entry | None:
    """Close an event and sweep its surplus; return the entry, or None if it broke even.

    An event that is closed or cancelled is swept again if money has moved since. A deficit needs a
    reason and the lead's decision. Raises ledger.EntryReasonMissing, ledger.SecondPersonNeeded
    (`decisions.ask_deficit` asks the lead), NothingLeft, and what `events.close` raises (the event
    is not over, or was never published).
    """
    if event.state in SETTLED:
        event, again = event_locks.event(event.id), True
    else:
        event, again = events.close(actor=actor, now=now, event=event), False
    locks.funds()
    surplus = surplus_of(event)
    if surplus == 0 and again:
        raise NothingLeft("There is nothing to move: the event broke even.")
    if surplus == 0:
        return None
    draft = ledger.close_event(
        key=_next_key(event),
        event=event.slug,
        surplus_pence=surplus,
        reason=reason,
        account=_fullest_account(),
    )
    if surplus < 0 and not ledger.decides_alone(Subject.DEFICIT, actor):
        raise ledger.SecondPersonNeeded("The network lead decides about a deficit. Ask the lead.")
    return posting.post(actor=actor, now=now, draft=draft, event_id=event.id)


def surplus_of(event: Event) -> int:
    """Return an event's surplus that has not been swept yet, in pence; below zero is a deficit."""
    return ledger.event_surplus(queries.event_lines(event.id))


def _next_key(event: Event) -> str:
    """Return a key for this sweep; the event's row is locked, so nobody else can take it."""
    sweeps = queries.count_of(event.id, ledger.EntryKind.EVENT_CLOSED)
    return f"event-closed:{event.slug}" + (f":{sweeps + 1}" if sweeps else "")


def _fullest_account() -> str:
    """Return the account where the fund `events` holds most, so that its money is really there."""
    return max(accounts.MONEY, key=lambda name: queries.held_by_fund(name)[Fund.EVENTS])
