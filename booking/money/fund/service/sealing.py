"""Seal the ledger into its hash chain, verify all of it, and add its totals up again."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import selectinload

from booking.domain import chain
from booking.domain.permissions import COMMAND
from booking.foundation.audit import sealing
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.fund import locks, queries
from booking.money.fund.models import DayTotal, Entry, EventTotal, LedgerSeal

#: What a seal covers: every column. A new column may be added only to new entries, because the
#: bytes of entries that are already sealed must not change.
ENTRY_FIELDS = (
    "id",
    "key",
    "kind",
    "description",
    "entered_on",
    "entered_at",
    "event_id",
    "made_by_id",
    "reason",
    "reverses_id",
    "school",
    "line_count",
)
LINE_FIELDS = ("id", "entry_id", "account", "fund", "pence", "memo")


@dataclass(frozen=True)
class Verification:
    """The result of checking every row of the ledger; `problem` is empty if all is well."""

    entries: int
    sealed: int
    problem: str


def row_bytes(entry: Entry) -> bytes:
    """Return the canonical bytes of an entry and its lines, as its seal hashes them."""
    row = {name: getattr(entry, name) for name in ENTRY_FIELDS}
    row["lines"] = [{name: getattr(line, name) for name in LINE_FIELDS} for line in entry.lines]
    return chain.row_bytes(row)


#: What has to be true of the entries' numbers, and what returns the first that it is not true of.
SUMS = (
    ("Every entry is whole and balances in each fund", queries.first_unbalanced),
    ("Every line has an account that the ledger has", queries.first_unknown_account),
    ("Every running balance is the sum of its lines", queries.first_wrong_total),
    ("Every event’s balance is the sum of its lines", queries.first_wrong_event_total),
    ("Every closed year ends as it was closed", queries.first_wrong_year),
)
CHAIN = sealing.Chain(Entry, LedgerSeal, row_bytes, (selectinload(Entry.lines),))


def seal(*, now: datetime) -> int:
    """Seal the next batch of entries within the caller's transaction; return how many."""
    return sealing.seal_next(CHAIN, now=now)


def oldest_unsealed() -> datetime | None:
    """Return when the oldest entry that waits for a seal was posted."""
    return sealing.oldest_unsealed(CHAIN, Entry.entered_at)


def first_broken() -> chain.Broken | None:
    """Return the first entry that was tampered with after it was sealed, or None."""
    return sealing.first_broken(CHAIN)


def verify() -> Verification:
    """Check the chain, all entries, running balances and closed years; report the first fault."""
    entries = queries.entry_count()
    sealed = entries - sealing.unsealed(CHAIN)
    return Verification(entries, sealed, _first_problem())


def _first_problem() -> str:
    if broken := first_broken():
        key = queries.key_of(broken.row_id)
        named = f"Entry {broken.row_id}" + (f" ({key})" if key else "")
        return f"{named}: {broken.reason}."
    return next(filter(None, (find() for _, find in SUMS)), "")


class EntriesBroken(ValueError):
    """Entries have been tampered with, so totals may not be added up from them."""


def add_up() -> int:
    """Add up the running balances of all sealed entries again; return how many there are.

    Raises EntriesBroken if an entry itself is not sound, because new totals would hide that.
    """
    if broken := first_broken():
        raise EntriesBroken(f"Entry {broken.row_id}: {broken.reason}. Put the entries right first.")
    if problem := queries.first_unbalanced():
        raise EntriesBroken(f"{problem} Put the entries right first.")
    locks.totals()
    count = 0
    for model, anew in (
        (DayTotal, queries.sealed_totals()),
        (EventTotal, queries.sealed_event_totals()),
    ):
        db.session.execute(delete(model))
        names = [column.name for column in anew.selected_columns]
        db.session.execute(insert(model).from_select(names, anew))
        count += db.session.scalar(select(func.count()).select_from(model)) or 0
    audit.note(actor=COMMAND, action="add_up_ledger", about="ledger_totals", totals=count)
    return count
