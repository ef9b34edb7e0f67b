"""Make the session accept a ledger entry only with all its lines and in balance.

The database insists on the same when the transaction commits (migrations/versions/
0010_append_only.py); this tells the programmer earlier, and names the entry.
"""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from booking.domain import ledger
from booking.money.fund.models import Entry, EntryLine


class EntryNotWhole(RuntimeError):
    """An entry to be written lacks lines, does not balance, or was already complete."""


def draft_of(entry: Entry) -> ledger.Draft:
    """Return an entry in the form that the ledger's rules take."""
    lines = tuple(
        ledger.DraftLine(line.account, line.fund, line.pence, line.memo or "")
        for line in entry.lines
    )
    return ledger.Draft(
        entry.key,
        ledger.EntryKind(entry.kind),
        entry.description,
        lines,
        school=entry.school or None,
        reason=entry.reason,
    )


@event.listens_for(Session, "before_flush")
def _refuse_what_is_not_whole(session: Session, _context: Any, _instances: Any) -> None:
    for row in session.new:
        if isinstance(row, Entry):
            if problem := "; ".join(_problems(row)):
                raise EntryNotWhole(f"{row!r}: {problem}")
        elif isinstance(row, EntryLine) and row.entry not in session.new:
            raise EntryNotWhole("a line comes with its entry, never later")


def _problems(entry: Entry) -> Iterator[str]:
    if len(entry.lines) != entry.line_count:
        yield f"it has {len(entry.lines)} lines, not {entry.line_count}"
    try:
        ledger.check(draft_of(entry))
    except (ledger.EntryRefused, ledger.UnknownAccount) as refused:
        yield str(refused)
