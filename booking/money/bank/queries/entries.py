"""Ledger entries from the bank account's point of view: what each moves there, matched or not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, Subquery, func, select

from booking.domain.ledger import accounts
from booking.foundation.db import db
from booking.foundation.web.paging import PAGE_SIZE, Page
from booking.money.bank.models import MatchedEntry
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry, EntryLine


@dataclass(frozen=True)
class BankEntry:
    """An entry and what it moves in the bank account, in pence."""

    entry: Entry
    pence: int

    @property
    def key(self) -> str:
        """Return the entry's key."""
        return self.entry.key


def moved_at_bank() -> Subquery:
    """Return (entry_id, pence) for every entry that changes the bank account's balance.

    An entry that only moves money between funds within the account does not concern the bank.
    """
    total = func.sum(EntryLine.pence)
    return (
        select(EntryLine.entry_id, total.label("pence"))
        .where(EntryLine.account == accounts.BANK)
        .group_by(EntryLine.entry_id)
        .having(total != 0)
        .subquery("moved_at_bank")
    )


def _unmatched(first_on: date | None = None, last_on: date | None = None) -> Select[Any]:
    moved = moved_at_bank()
    statement = (
        select(Entry, moved.c.pence)
        .join(moved, moved.c.entry_id == Entry.id)
        .where(Entry.id.not_in(select(MatchedEntry.entry_id)))
        .options(*fund_queries.NAMED)
        .order_by(Entry.entered_on, Entry.id)
    )
    if first_on is not None:
        statement = statement.where(Entry.entered_on >= first_on)
    if last_on is not None:
        statement = statement.where(Entry.entered_on <= last_on)
    return statement


def unmatched_entries(
    *, first_on: date | None = None, last_on: date | None = None, limit: int = 1_000
) -> list[BankEntry]:
    """Return entries without a bank line, oldest first."""
    rows = db.session.execute(_unmatched(first_on, last_on).limit(limit))
    return [BankEntry(entry, int(pence)) for entry, pence in rows]


def unmatched_page(*, number: int) -> Page[BankEntry]:
    """Return one page of the entries without a bank line, oldest first, in two queries."""
    statement = _unmatched()
    rows = db.session.execute(statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)).all()
    counted = select(func.count()).select_from(statement.order_by(None).subquery())
    total = db.session.scalar(counted) or 0
    return Page([BankEntry(entry, int(pence)) for entry, pence in rows], number, total)


def entries_by_keys(keys: Collection[str]) -> list[BankEntry]:
    """Return entries by key, with what they move at the bank, zero if nothing; in id order.

    Entries never change, so there is nothing to lock except whether they are matched: the caller
    has locked the funds.
    """
    moved = moved_at_bank()
    rows = db.session.execute(
        select(Entry, func.coalesce(moved.c.pence, 0))
        .outerjoin(moved, moved.c.entry_id == Entry.id)
        .where(Entry.key.in_(keys))
        .options(*fund_queries.NAMED)
        .order_by(Entry.id)
    )
    return [BankEntry(entry, int(pence)) for entry, pence in rows]


def match_id_of(entry_id: int) -> int | None:
    """Return the match that an entry is in, if any."""
    found = select(MatchedEntry.match_id).where(MatchedEntry.entry_id == entry_id)
    return db.session.scalar(found)


def matched_ids(entry_ids: Collection[int]) -> set[int]:
    """Return which of these entries have already been matched."""
    found = select(MatchedEntry.entry_id).where(MatchedEntry.entry_id.in_(entry_ids))
    return set(db.session.scalars(found))
