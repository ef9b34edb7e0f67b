"""The reconciliation at a statement: ledger and bank, and the items between them."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, func, or_, select, union

from booking.domain.ledger import accounts
from booking.domain.reconciling import BankStanding
from booking.foundation.db import db
from booking.money.bank.models import BankLine, BankStatement, MatchedEntry
from booking.money.bank.queries.entries import BankEntry, moved_at_bank
from booking.money.fund import queries as fund_queries
from booking.money.fund.models import Entry

#: How many items of each kind are listed; the rest are counted and added up.
LISTED = 200


@dataclass(frozen=True)
class Outstanding:
    """Items on one side that the other does not have yet: their number, sum, and the oldest."""

    count: int
    pence: int
    listed: list[Any]

    @property
    def not_listed(self) -> int:
        """Return how many are not in the list."""
        return self.count - len(self.listed)


@dataclass(frozen=True)
class Reconciliation:
    """Ledger and bank on the last day of a statement, according to the books now."""

    statement: BankStatement
    standing: BankStanding
    entries: Outstanding
    lines: Outstanding


def reconciliation(statement: BankStatement) -> Reconciliation:
    """Return the reconciliation at a statement, in five queries.

    Lines of later statements and entries of later dates count as not there yet, and so does a match
    that includes one of them.
    """
    later = _needs_later(statement)
    entries = _entries(statement, later)
    lines = _lines(statement, later)
    ledger_pence = sum(
        pence
        for (account, _), pence in fund_queries.moved(last_on=statement.last_on).items()
        if account == accounts.BANK
    )
    standing = BankStanding(ledger_pence, entries.pence, lines.pence, statement.closing_pence)
    return Reconciliation(statement, standing, entries, lines)


def _needs_later(statement: BankStatement) -> CompoundSelect[Any]:
    """Return the ids of matches that include something of a later date."""
    later_lines = select(BankLine.match_id).where(
        BankLine.statement_id > statement.id, BankLine.match_id.is_not(None)
    )
    later_entries = (
        select(MatchedEntry.match_id)
        .join(Entry, Entry.id == MatchedEntry.entry_id)
        .where(Entry.entered_on > statement.last_on)
    )
    return union(later_lines, later_entries)


def _entries(statement: BankStatement, later: CompoundSelect[Any]) -> Outstanding:
    moved = moved_at_bank()
    waiting = (
        select(Entry, moved.c.pence)
        .join(moved, moved.c.entry_id == Entry.id)
        .outerjoin(MatchedEntry, MatchedEntry.entry_id == Entry.id)
        .where(
            Entry.entered_on <= statement.last_on,
            or_(MatchedEntry.match_id.is_(None), MatchedEntry.match_id.in_(later)),
        )
    )
    count, pence = _total(waiting.with_only_columns(moved.c.pence))
    listed = waiting.options(*fund_queries.NAMED).order_by(Entry.entered_on, Entry.id)
    rows = db.session.execute(listed.limit(LISTED))
    return Outstanding(count, pence, [BankEntry(entry, int(of)) for entry, of in rows])


def _lines(statement: BankStatement, later: CompoundSelect[Any]) -> Outstanding:
    waiting = select(BankLine).where(
        BankLine.statement_id <= statement.id,
        or_(BankLine.match_id.is_(None), BankLine.match_id.in_(later)),
    )
    count, pence = _total(waiting.with_only_columns(BankLine.pence))
    rows = db.session.scalars(waiting.order_by(BankLine.moved_on, BankLine.id).limit(LISTED))
    return Outstanding(count, pence, list(rows))


def _total(amounts: Any) -> tuple[int, int]:
    of = amounts.subquery()
    count, pence = db.session.execute(select(func.count(), func.sum(of.c.pence))).one()
    return count, int(pence or 0)
