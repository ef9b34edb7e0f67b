"""Seal the ledger into its hash chain, and verify it: balance, chain and accounts."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import selectinload

from booking.audit import sealing
from booking.domain import chain
from booking.fund import queries
from booking.fund.models import Entry, LedgerSeal

#: What a seal covers: every column. One that comes later must be added only to entries that come
#: later, for the bytes of those already sealed stay as they are.
ENTRY_FIELDS = (
    "id", "key", "kind", "description", "entered_on", "entered_at", "event_id", "made_by_id",
    "reason", "reverses_id", "school", "line_count",
)  # fmt: skip
LINE_FIELDS = ("id", "entry_id", "account", "fund", "pence", "memo")


@dataclass(frozen=True)
class Verification:
    """What a look at every row of the ledger found; `problem` is empty when all is well."""

    entries: int
    sealed: int
    problem: str


def row_bytes(entry: Entry) -> bytes:
    """Return the canonical bytes of an entry and its lines, as its seal hashes them."""
    row = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    row["lines"] = [{name: getattr(line, name) for name in LINE_FIELDS} for line in entry.lines]
    return chain.row_bytes(row)


CHAIN = sealing.Chain(Entry, LedgerSeal, row_bytes, (selectinload(Entry.lines),))


def seal(*, now: datetime) -> int:
    """Seal the next batch of entries within the caller's transaction; return how many."""
    return sealing.seal_next(CHAIN, now=now)


def first_broken() -> chain.Broken | None:
    """Name the first entry that was tampered with after it was sealed, or return None."""
    return sealing.first_broken(CHAIN)


def verify() -> Verification:
    """Check every entry (whole, balanced, known accounts) and the chain; name the first fault."""
    entries = queries.entry_count()
    sealed = entries - sealing.unsealed(CHAIN)
    return Verification(entries, sealed, _first_problem())


def _first_problem() -> str:
    if broken := first_broken():
        key = queries.key_of(broken.row_id)
        named = f"Entry {broken.row_id}" + (f" ({key})" if key else "")
        return f"{named}: {broken.reason}."
    return queries.first_unbalanced() or queries.first_unknown_account()
