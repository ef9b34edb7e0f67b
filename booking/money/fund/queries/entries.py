"""Entries as pages show them: a filtered list, one with its lines, and its seal."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from booking.days.events.models import Event
from booking.domain.ledger import EntryKind, Fund
from booking.foundation.db import db
from booking.foundation.web.paging import Page, page_of
from booking.money.fund.models import Entry, EntryLine, LedgerSeal

#: What an entry's title is made from: options of a statement that loads entries to be named.
NAMED = (joinedload(Entry.event), joinedload(Entry.of_school))


@dataclass(frozen=True)
class EntryFilter:
    """Which entries a list shows; None and empty do not narrow it."""

    kind: EntryKind | None = None
    fund: Fund | None = None
    event: str = ""
    first_on: date | None = None
    last_on: date | None = None

    def conditions(self) -> list[Any]:
        """Return the conditions of a query."""
        found: list[Any] = []
        if self.kind is not None:
            found.append(Entry.kind == self.kind.value)
        if self.fund is not None:
            found.append(Entry.lines.any(EntryLine.fund == self.fund))
        if self.event:
            found.append(Entry.event.has(Event.slug == self.event))
        if self.first_on is not None:
            found.append(Entry.entered_on >= self.first_on)
        if self.last_on is not None:
            found.append(Entry.entered_on <= self.last_on)
        return found


def _shown() -> Select[Any]:
    return (
        select(Entry)
        .options(
            *NAMED,
            selectinload(Entry.lines),
            joinedload(Entry.reversed_by),
        )
        .order_by(Entry.entered_on.desc(), Entry.id.desc())
    )


def page(wanted: EntryFilter, *, number: int) -> Page[Entry]:
    """Return one page of entries, newest first, in three queries."""
    return page_of(_shown().where(*wanted.conditions()), number=number)


#: What families pay and get back: shown in the list of entries and as totals, not elsewhere.
OF_FAMILIES = (
    EntryKind.PAYMENT.value,
    EntryKind.REFUND.value,
    EntryKind.DISPUTE.value,
    EntryKind.CARD_FEE.value,
)


def latest(count: int) -> list[Entry]:
    """Return the newest entries except families' own."""
    statement = _shown().where(Entry.kind.not_in(OF_FAMILIES)).limit(count)
    return list(db.session.scalars(statement).unique().all())


def entries_of_event(event_id: int) -> list[Entry]:
    """Return the entries of an event except families' own, newest first.

    A list of a small event's payments, next to its register, would give away who has not paid.
    """
    statement = _shown().where(Entry.event_id == event_id, Entry.kind.not_in(OF_FAMILIES))
    return list(db.session.scalars(statement).unique().all())


def entry_of(key: str) -> Entry:
    """Return the entry of what a page recorded, which is there from the first moment."""
    entry = by_key(key)
    assert entry is not None, f"nothing was posted under {key}"
    return entry


def by_key(key: str) -> Entry | None:
    """Return an entry with its lines, who entered it, and its reversal or what it reverses."""
    statement = (
        select(Entry)
        .where(Entry.key == key)
        .options(
            *NAMED,
            selectinload(Entry.lines),
            joinedload(Entry.made_by),
            joinedload(Entry.reverses).options(*NAMED),
            joinedload(Entry.reversed_by),
        )
    )
    return db.session.scalars(statement).unique().one_or_none()


def standing_pence(keys: Collection[str]) -> dict[str, int]:
    """Return how large the entries under these keys are, in pence: 0 for what was reversed.

    What is not in the ledger is left out.
    """
    reversal = aliased(Entry)
    gained = func.sum(case((EntryLine.pence > 0, EntryLine.pence), else_=0))
    found = (
        select(Entry.key, reversal.id, gained)
        .join(EntryLine, EntryLine.entry_id == Entry.id)
        .outerjoin(reversal, reversal.reverses_id == Entry.id)
        .where(Entry.key.in_(keys))
        .group_by(Entry.key, reversal.id)
    )
    return {
        key: 0 if reversed_by else int(pence)
        for key, reversed_by, pence in db.session.execute(found)
    }


def count_of(event_id: int, kind: EntryKind) -> int:
    """Return how many entries of a kind an event has."""
    found = select(func.count()).where(Entry.event_id == event_id, Entry.kind == kind.value)
    return db.session.scalar(found) or 0


def seal_of(entry_id: int) -> LedgerSeal | None:
    """Return the seal over an entry, or None while it is waiting for one."""
    statement = select(LedgerSeal).where(
        LedgerSeal.first_id <= entry_id, LedgerSeal.last_id >= entry_id
    )
    return db.session.scalars(statement).one_or_none()
