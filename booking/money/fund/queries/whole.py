"""The whole ledger, read in batches, for files and for adding everything up."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from booking.domain.ledger import Fund
from booking.foundation.db import db
from booking.money.fund.models import Entry, EntryLine
from booking.money.fund.queries.entries import NAMED

BATCH = 500


def whole(last_id: int) -> Iterator[Entry]:
    """Yield every entry up to `last_id`, in the order they were written."""
    after = 0
    while True:
        batch = db.session.scalars(
            select(Entry)
            .where(Entry.id > after, Entry.id <= last_id)
            .order_by(Entry.id)
            .limit(BATCH)
            .options(*NAMED, selectinload(Entry.lines), joinedload(Entry.reverses))
        ).all()
        if not batch:
            return
        yield from batch
        after = batch[-1].id
        for entry in batch:
            db.session.expunge(entry)


def accounts_used(last_id: int) -> list[tuple[str, Fund]]:
    """Return each account and fund used by entries up to `last_id`."""
    found = (
        select(EntryLine.account, EntryLine.fund)
        .where(EntryLine.entry_id <= last_id)
        .distinct()
        .order_by(EntryLine.account, EntryLine.fund)
    )
    return [(account, fund) for account, fund in db.session.execute(found)]


def balances_up_to(last_id: int) -> dict[tuple[str, Fund], int]:
    """Return what accounts hold in each fund after the entry `last_id`, in pence."""
    found = (
        select(EntryLine.account, EntryLine.fund, func.sum(EntryLine.pence))
        .where(EntryLine.entry_id <= last_id)
        .group_by(EntryLine.account, EntryLine.fund)
    )
    return {(account, fund): int(pence) for account, fund, pence in db.session.execute(found)}
