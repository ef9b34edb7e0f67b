"""Whether every entry is whole and balanced, and how far the ledger has come."""

from dataclasses import dataclass

from sqlalchemy import func, select

from booking.db import db
from booking.domain import ledger, money
from booking.fund.models import Entry, LedgerSeal, Line


@dataclass(frozen=True)
class Mark:
    """How far the ledger has come; rows are only added, so two equal marks are the same ledger."""

    entries: int
    last_id: int

    @property
    def etag(self) -> str:
        """Return the mark as a tag of what is made from the ledger."""
        return f"ledger-{self.entries}-{self.last_id}"


def mark() -> Mark:
    """Return how far the ledger has come."""
    entries, last_id = db.session.execute(select(func.count(), func.max(Entry.id))).one()
    return Mark(entries, last_id or 0)


def entry_count() -> int:
    """Return how many entries there are."""
    return mark().entries


def key_of(entry_id: int) -> str:
    """Return the key of an entry, or "" when it is gone."""
    return db.session.scalar(select(Entry.key).where(Entry.id == entry_id)) or ""


def latest_seal() -> LedgerSeal | None:
    """Return the newest seal."""
    return db.session.scalar(select(LedgerSeal).order_by(LedgerSeal.id.desc()).limit(1))


def first_unbalanced() -> str:
    """Say which entry is first not whole or does not balance, or return an empty text."""
    return _first_without_its_lines() or _first_lopsided() or _first_orphan()


def _first_without_its_lines() -> str:
    found = (
        select(Entry.id, Entry.key, Entry.line_count, func.count(Line.id))
        .outerjoin(Line, Line.entry_id == Entry.id)
        .group_by(Entry.id, Entry.key, Entry.line_count)
        .having(func.count(Line.id) != Entry.line_count)
        .order_by(Entry.id)
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        return ""
    return f"Entry {row[0]} ({row[1]}): it has {row[3]} lines, not {row[2]}."


def _first_lopsided() -> str:
    found = (
        select(Line.entry_id, Line.fund, func.sum(Line.pence))
        .group_by(Line.entry_id, Line.fund)
        .having(func.sum(Line.pence) != 0)
        .order_by(Line.entry_id, Line.fund)
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        return ""
    apart = money.pounds(abs(int(row[2])))
    return f"Entry {row[0]} ({key_of(row[0])}): its lines of the fund “{row[1]}” are {apart} apart."


def _first_orphan() -> str:
    found = select(Line.id, Line.entry_id).outerjoin(Entry, Entry.id == Line.entry_id)
    row = db.session.execute(found.where(Entry.id.is_(None)).order_by(Line.id).limit(1)).first()
    return f"Entry {row[1]}: it is gone, and its line {row[0]} is still there." if row else ""


def first_unknown_account() -> str:
    """Say which line is of an account that the ledger does not have, or return an empty text."""
    for name, entry_id in db.session.execute(
        select(Line.account, func.min(Line.entry_id)).group_by(Line.account)
    ):
        try:
            ledger.account(name)
        except ledger.UnknownAccount as error:
            return f"Entry {entry_id} ({key_of(entry_id)}): {error}"
    return ""
