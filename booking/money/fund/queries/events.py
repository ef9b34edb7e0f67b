"""What an event received and cost, added up by the database; never one family's payment."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Select, Subquery, case, func, select, union_all
from sqlalchemy.orm import aliased

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund, accounts
from booking.foundation.db import db
from booking.foundation.web.paging import Page, page_of
from booking.money.fund.models import Entry, EntryLine, EventTotal
from booking.money.fund.queries.balances import is_waiting

#: Events in the chart: the newest that received or cost something.
CHARTED = 10
_GIVEN_BACK = (EntryKind.REFUND.value, EntryKind.DISPUTE.value)


@dataclass
class EventSums:
    """One event's money, in pence."""

    received_pence: int = 0
    refunded_pence: int = 0
    cost_pence: int = 0
    #: What is left in the fund `events` and not swept yet; below zero is a deficit.
    surplus_pence: int = 0
    #: What was swept into the CPD fund when it closed; below zero if administration met a deficit.
    swept_pence: int = 0
    #: Net income by (part of the fee, fund).
    parts: dict[tuple[str, Fund], int] = field(default_factory=dict)
    #: Costs by fund: what the event itself cost, and the card fees that administration bears.
    costs: dict[Fund, int] = field(default_factory=dict)

    @property
    def net_pence(self) -> int:
        """Return what was received and not refunded."""
        return self.received_pence - self.refunded_pence

    @property
    def left_pence(self) -> int:
        """Return what is left after the costs, in all funds together; below zero is a loss."""
        return self.net_pence - self.cost_pence


def sums_of(event_ids: Collection[int]) -> dict[int, EventSums]:
    """Return these events' money, in one query. A reversal counts as what it reverses."""
    sums = {event_id: EventSums() for event_id in event_ids}
    if not sums:
        return sums
    undone = aliased(Entry)
    kind = func.coalesce(undone.kind, Entry.kind).label("kind")
    found = (
        select(
            Entry.event_id,
            kind,
            EntryLine.account,
            EntryLine.fund,
            EntryLine.memo,
            func.sum(EntryLine.pence),
        )
        .join(EntryLine, EntryLine.entry_id == Entry.id)
        .outerjoin(undone, undone.id == Entry.reverses_id)
        .where(Entry.event_id.in_(sums), ~EntryLine.account.startswith(accounts.ASSETS))
        .group_by(Entry.event_id, kind, EntryLine.account, EntryLine.fund, EntryLine.memo)
        .order_by(Entry.event_id, EntryLine.fund, EntryLine.memo)
    )
    for event_id, of_kind, account, fund, memo, pence in db.session.execute(found):
        assert event_id is not None, "asked for by its id"
        _add(sums[event_id], of_kind, ledger.DraftLine(account, fund, int(pence), memo))
    return sums


def _add(sums: EventSums, kind: str, line: ledger.DraftLine) -> None:
    if line.fund is Fund.EVENTS:
        sums.surplus_pence -= line.pence
    if accounts.is_expense(line.account):
        sums.cost_pence += line.pence
        sums.costs[line.fund] = sums.costs.get(line.fund, 0) + line.pence
    elif accounts.is_income(line.account):
        part = (line.memo, line.fund)
        sums.parts[part] = sums.parts.get(part, 0) - line.pence
        if kind in _GIVEN_BACK:
            sums.refunded_pence += line.pence
        else:
            sums.received_pence -= line.pence
    elif kind == EntryKind.EVENT_CLOSED.value and line.fund is Fund.EVENTS:
        sums.swept_pence += line.pence


def event_lines(event_id: int) -> list[ledger.DraftLine]:
    """Return the lines of one event, added up by account and fund."""
    found = (
        select(EntryLine.account, EntryLine.fund, func.sum(EntryLine.pence))
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(Entry.event_id == event_id)
        .group_by(EntryLine.account, EntryLine.fund)
    )
    rows = db.session.execute(found)
    return [ledger.DraftLine(account, fund, int(pence)) for account, fund, pence in rows if pence]


def _with_money() -> Select[Event]:
    has_entries = select(Entry.id).where(Entry.event_id == Event.id).exists()
    newest_first = case((Event.first_starts_at.is_(None), 1), else_=0)
    return (
        select(Event)
        .where(has_entries | Event.state.in_(event_states.TAKES_PLACE))
        .order_by(newest_first, Event.first_starts_at.desc(), Event.id.desc())
    )


def page_of_events(*, number: int) -> Page[tuple[Event, EventSums]]:
    """Return one page of events with their money, newest first, in three queries."""
    found = page_of(_with_money(), number=number)
    sums = sums_of([event.id for event in found.items])
    return Page([(e, sums[e.id]) for e in found.items], found.number, found.total, found.size)


def recent_events() -> list[tuple[Event, EventSums]]:
    """Return the newest events that received or cost something, oldest first, in two queries."""
    has_entries = select(Entry.id).where(Entry.event_id == Event.id).exists()
    events = db.session.scalars(_with_money().where(has_entries).limit(CHARTED)).all()
    sums = sums_of([event.id for event in events])
    return [(event, sums[event.id]) for event in reversed(events)]


def events_with_money() -> list[tuple[str, str]]:
    """Return (slug, title) of each event that money can be entered for, newest first."""
    return [(event.slug, event.title) for event in db.session.scalars(_with_money())]


def _moved_by_events() -> Subquery:
    """Return what events received and spent in the fund `events`, sealed or waiting for a seal."""
    sealed = select(EventTotal.event_id, EventTotal.pence).where(
        EventTotal.fund == Fund.EVENTS, ~EventTotal.account.startswith(accounts.ASSETS)
    )
    unsealed = (
        select(Entry.event_id, EntryLine.pence)
        .join(EntryLine, EntryLine.entry_id == Entry.id)
        .where(
            is_waiting(EntryLine.entry_id),
            Entry.event_id.is_not(None),
            EntryLine.fund == Fund.EVENTS,
            ~EntryLine.account.startswith(accounts.ASSETS),
        )
    )
    return union_all(sealed, unsealed).subquery("moved")


def to_close(now: datetime) -> list[tuple[Event, EventSums]]:
    """Return events to close: over and not closed yet, or with money left; in two queries.

    Oldest first, with only their surplus or deficit, from the running balances.
    """
    moved = _moved_by_events()
    left = select(moved.c.event_id).group_by(moved.c.event_id).having(func.sum(moved.c.pence) != 0)
    over = (Event.state == EventState.PUBLISHED) & event_states.over(now)
    settled = Event.state.in_([EventState.CLOSED, EventState.CANCELLED])
    statement = (
        select(Event).where(over | (settled & Event.id.in_(left))).order_by(Event.last_ends_at)
    )
    events = db.session.scalars(statement).all()
    ids = [event.id for event in events]
    net = select(moved.c.event_id, -func.sum(moved.c.pence)).where(moved.c.event_id.in_(ids))
    rows = db.session.execute(net.group_by(moved.c.event_id)) if ids else ()
    surplus = {event_id: int(pence) for event_id, pence in rows}
    return [(event, EventSums(surplus_pence=surplus.get(event.id, 0))) for event in events]
