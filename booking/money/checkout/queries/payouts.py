"""Reads of payouts and their rows, beside the ledger's entries."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import selectinload

from booking.domain.ledger import Fund, accounts
from booking.domain.processor_states import PayoutState, RowKind
from booking.foundation.db import db
from booking.money.checkout.models import RowEntry
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry, EntryLine
from booking.money.payments.models import BalanceRow, Payout, ProcessorWatch

#: How many rows one sweep takes.
SWEEP_MAX = 200


def payout_by_id(gateway_id: str) -> Payout | None:
    """Return the payout with this id at the processor."""
    return db.session.scalar(select(Payout).where(Payout.gateway_id == gateway_id))


def payouts() -> Select[Payout]:
    """Return the statement for all payouts, newest first."""
    return select(Payout).order_by(Payout.created_at.desc(), Payout.id.desc())


def waiting_long(before: datetime, *, limit: int = 20) -> list[Entry]:
    """Return payments and refunds entered before then that are in no payout, oldest first.

    Counted from the first payout that came with its rows. Payouts made by hand have none, so if
    there is one, nothing can be said.
    """
    by_hand = select(Payout.id).where(Payout.automatic.is_(False)).limit(1)
    first = db.session.scalar(select(func.min(Payout.created_at)).where(Payout.automatic))
    if first is None or db.session.scalar(by_hand) is not None:
        return []
    in_row = exists().where(RowEntry.entry_id == Entry.id)
    in_clearing = exists().where(
        EntryLine.entry_id == Entry.id, EntryLine.account == accounts.CARD_CLEARING
    )
    found = (
        select(Entry)
        .where(
            Entry.kind.in_(("payment", "refund", "parked")),
            Entry.entered_at.between(first, before),
            in_clearing,
            ~in_row,
        )
        .options(*fund_queries.NAMED)
        .order_by(Entry.id)
        .limit(limit)
    )
    return list(db.session.scalars(found))


def unfinished_payouts() -> list[str]:
    """Return the processor's ids of the payouts that are not in the ledger yet."""
    found = select(Payout.gateway_id).where(Payout.posted_at.is_(None)).order_by(Payout.created_at)
    return list(db.session.scalars(found.limit(SWEEP_MAX)))


def row_by_id(gateway_id: str) -> BalanceRow | None:
    """Return the row with this id at the processor."""
    return db.session.scalar(select(BalanceRow).where(BalanceRow.gateway_id == gateway_id))


def rows_known(gateway_ids: Collection[str], payout_id: int) -> set[str]:
    """Return which of these rows we have already recorded for the payout."""
    found = select(BalanceRow.gateway_id).where(
        BalanceRow.gateway_id.in_(gateway_ids), BalanceRow.payout_id == payout_id
    )
    return set(db.session.scalars(found))


def rows_of_payout(payout_id: int) -> Select[BalanceRow]:
    """Return the statement for the rows of a payout, without the payout's own row."""
    return (
        select(BalanceRow)
        .where(BalanceRow.payout_id == payout_id, BalanceRow.kind != RowKind.PAYOUT)
        .order_by(BalanceRow.moved_at, BalanceRow.id)
    )


def entries_of_rows(row_ids: Collection[int]) -> dict[int, list[Entry]]:
    """Return the entries that each of these rows stands for."""
    found = (
        select(RowEntry.row_id, Entry)
        .join(Entry, Entry.id == RowEntry.entry_id)
        .where(RowEntry.row_id.in_(row_ids))
        .options(*fund_queries.NAMED)
        .order_by(Entry.id)
    )
    entries: dict[int, list[Entry]] = {}
    for row_id, entry in db.session.execute(found):
        entries.setdefault(row_id, []).append(entry)
    return entries


def net_of_payout(payout_id: int) -> int:
    """Return what the rows of a payout add up to, in pence."""
    net = func.sum(BalanceRow.amount_pence - BalanceRow.fee_pence)
    found = select(net).where(BalanceRow.payout_id == payout_id, BalanceRow.kind != RowKind.PAYOUT)
    return int(db.session.scalar(found) or 0)


def clearing_of_payout(payout_id: int) -> dict[Fund, int]:
    """Return what the ledger has in card clearing for a payout's rows, by fund."""
    found = (
        select(EntryLine.fund, func.sum(EntryLine.pence))
        .join(RowEntry, RowEntry.entry_id == EntryLine.entry_id)
        .join(BalanceRow, BalanceRow.id == RowEntry.row_id)
        .where(BalanceRow.payout_id == payout_id, EntryLine.account == accounts.CARD_CLEARING)
        .group_by(EntryLine.fund)
    )
    return {fund: int(pence) for fund, pence in db.session.execute(found)}


def clearing_pence(entry_ids: Iterable[int]) -> int:
    """Return what some entries change in card clearing."""
    found = select(func.sum(EntryLine.pence)).where(
        EntryLine.entry_id.in_(list(entry_ids)), EntryLine.account == accounts.CARD_CLEARING
    )
    return int(db.session.scalar(found) or 0)


def entries_by_key(keys: Collection[str]) -> list[Entry]:
    """Return the ledger's entries under these keys, with their lines."""
    if not keys:
        return []
    found = select(Entry).where(Entry.key.in_(keys)).options(selectinload(Entry.lines))
    return list(db.session.scalars(found.order_by(Entry.id)))


def free_entries(keys: Collection[str]) -> list[Entry]:
    """Return the entries under these keys that no processor row stands for yet."""
    taken = exists().where(RowEntry.entry_id == Entry.id)
    found = select(Entry).where(Entry.key.in_(keys), ~taken).order_by(Entry.id)
    return list(db.session.scalars(found))


def row_of_entry(key: str) -> BalanceRow | None:
    """Return the processor's row that an entry belongs to, once it has arrived."""
    return db.session.scalar(
        select(BalanceRow)
        .join(RowEntry, RowEntry.row_id == BalanceRow.id)
        .join(Entry, Entry.id == RowEntry.entry_id)
        .where(Entry.key == key)
    )


def was_paid_out(key: str) -> bool:
    """Return whether an entry's money has reached the bank account: its payout was posted."""
    found = (
        select(Payout.id)
        .join(BalanceRow, BalanceRow.payout_id == Payout.id)
        .join(RowEntry, RowEntry.row_id == BalanceRow.id)
        .join(Entry, Entry.id == RowEntry.entry_id)
        .where(Entry.key == key, Payout.posted_at.is_not(None), Payout.state != PayoutState.FAILED)
    )
    return db.session.scalar(found.limit(1)) is not None


def last_payout_by_hand() -> datetime | None:
    """Return when the treasurer last entered a payout by hand."""
    found = select(func.max(Entry.entered_at)).where(Entry.key.startswith("hand:payout:"))
    return db.session.scalar(found)


def watch() -> ProcessorWatch | None:
    """Return how far we have read, and how much of our money the processor holds."""
    return db.session.get(ProcessorWatch, 1)
