"""Whether entries, running balances and closed years are sound, and how far the ledger goes."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, select, union_all

from booking.domain import ledger, money, terms
from booking.foundation.db import db
from booking.money.fund.models import DayTotal, Entry, EntryLine, EventTotal, LedgerSeal
from booking.money.fund.queries import years
from booking.money.fund.queries.balances import is_waiting


@dataclass(frozen=True)
class LedgerMark:
    """How far the ledger goes; rows are only added, so equal marks mean the same ledger."""

    entries: int
    last_id: int
    #: The earliest date of an entry; None if there is none.
    first_on: date | None

    @property
    def etag(self) -> str:
        """Return the mark as an ETag for what is made from the ledger."""
        return f"ledger-{self.entries}-{self.last_id}"


def mark() -> LedgerMark:
    """Return how far the ledger goes."""
    found = select(func.count(), func.max(Entry.id), func.min(Entry.entered_on))
    entries, last_id, first_on = db.session.execute(found).one()
    return LedgerMark(entries, last_id or 0, first_on)


def entry_count() -> int:
    """Return how many entries there are."""
    return mark().entries


def waiting_for_seal(last_on: date) -> int:
    """Return how many entries up to a day are waiting for a seal."""
    waiting = select(func.count()).where(is_waiting(Entry.id), Entry.entered_on <= last_on)
    return db.session.scalar(waiting) or 0


def key_of(entry_id: int) -> str:
    """Return the key of an entry, or "" if it is gone."""
    return db.session.scalar(select(Entry.key).where(Entry.id == entry_id)) or ""


def latest_seal() -> LedgerSeal | None:
    """Return the newest seal."""
    return db.session.scalar(select(LedgerSeal).order_by(LedgerSeal.id.desc()).limit(1))


def first_unbalanced() -> str:
    """Return which entry is the first not to be whole or to balance, or an empty text."""
    return _first_without_its_lines() or _first_lopsided() or _first_orphan()


def _first_without_its_lines() -> str:
    found = (
        select(Entry.id, Entry.key, Entry.line_count, func.count(EntryLine.id))
        .outerjoin(EntryLine, EntryLine.entry_id == Entry.id)
        .group_by(Entry.id, Entry.key, Entry.line_count)
        .having(func.count(EntryLine.id) != Entry.line_count)
        .order_by(Entry.id)
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        return ""
    return f"Entry {row[0]} ({row[1]}): it has {row[3]} lines, not {row[2]}."


def _first_lopsided() -> str:
    found = (
        select(EntryLine.entry_id, EntryLine.fund, func.sum(EntryLine.pence))
        .group_by(EntryLine.entry_id, EntryLine.fund)
        .having(func.sum(EntryLine.pence) != 0)
        .order_by(EntryLine.entry_id, EntryLine.fund)
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        return ""
    apart = money.pounds(abs(int(row[2])))
    return f"Entry {row[0]} ({key_of(row[0])}): its lines of the fund “{row[1]}” are {apart} apart."


def _first_orphan() -> str:
    found = select(EntryLine.id, EntryLine.entry_id).outerjoin(
        Entry, Entry.id == EntryLine.entry_id
    )
    row = db.session.execute(
        found.where(Entry.id.is_(None)).order_by(EntryLine.id).limit(1)
    ).first()
    return f"Entry {row[1]}: it is gone, and its line {row[0]} is still there." if row else ""


def first_unknown_account() -> str:
    """Return which line has an account that the ledger does not have, or an empty text."""
    for name, entry_id in db.session.execute(
        select(EntryLine.account, func.min(EntryLine.entry_id)).group_by(EntryLine.account)
    ):
        try:
            ledger.account(name)
        except ledger.UnknownAccount as error:
            return f"Entry {entry_id} ({key_of(entry_id)}): {error}"
    return ""


def sealed_totals() -> Select[*tuple[Any, ...]]:
    """Return the query that adds up every sealed line again, by the columns of DayTotal."""
    last = select(func.coalesce(func.max(LedgerSeal.last_id), 0)).scalar_subquery()
    return (
        select(
            EntryLine.account,
            EntryLine.fund,
            Entry.entered_on,
            func.sum(case((EntryLine.pence > 0, EntryLine.pence), else_=0)).label("debit_pence"),
            func.sum(case((EntryLine.pence < 0, -EntryLine.pence), else_=0)).label("credit_pence"),
            func.count().label("line_count"),
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(EntryLine.entry_id <= last)
        .group_by(EntryLine.account, EntryLine.fund, Entry.entered_on)
    )


def sealed_event_totals() -> Select[*tuple[Any, ...]]:
    """Return the query that adds up every event's sealed lines again, as in EventTotal."""
    last = select(func.coalesce(func.max(LedgerSeal.last_id), 0)).scalar_subquery()
    return (
        select(
            Entry.event_id,
            EntryLine.account,
            EntryLine.fund,
            func.sum(EntryLine.pence).label("pence"),
        )
        .join(Entry, Entry.id == EntryLine.entry_id)
        .where(EntryLine.entry_id <= last, Entry.event_id.is_not(None))
        .group_by(Entry.event_id, EntryLine.account, EntryLine.fund)
    )


def first_wrong_event_total() -> str:
    """Return the first event whose running balance differs from its lines, or an empty text."""
    kept = select(EventTotal.event_id, EventTotal.account, EventTotal.fund, -EventTotal.pence)
    both = union_all(sealed_event_totals(), kept).subquery()
    left = func.sum(both.c.pence)
    found = (
        select(both.c.event_id, both.c.account, both.c.fund, left)
        .group_by(both.c.event_id, both.c.account, both.c.fund)
        .having(left != 0)
        .order_by(both.c.event_id, both.c.account, both.c.fund)
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        return ""
    where = f"of event {row[0]}, {row[1]} in “{row[2]}”"
    return _wrong_total(where, int(row[3]))


def _wrong_total(where: str, pence: int) -> str:
    return (
        f"Running balance {where}: it is {money.pounds(abs(pence))} away from the entries. "
        "Once every entry is sound, `flask fund add-up` adds it up again."
    )


def first_wrong_total() -> str:
    """Return the first running balance that differs from its lines, or an empty text.

    The stored balance is subtracted from the sum of the lines: nothing is left if all agree.
    """
    kept = select(
        DayTotal.account,
        DayTotal.fund,
        DayTotal.entered_on,
        -DayTotal.debit_pence,
        -DayTotal.credit_pence,
        -DayTotal.line_count,
    )
    both = union_all(sealed_totals(), kept).subquery()
    left = [func.sum(both.c[name]) for name in ("debit_pence", "credit_pence", "line_count")]
    found = (
        select(both.c.entered_on, both.c.account, both.c.fund, left[0] - left[1])
        .group_by(both.c.account, both.c.fund, both.c.entered_on)
        .having((left[0] != 0) | (left[1] != 0) | (left[2] != 0))
        .order_by(both.c.entered_on, both.c.account, both.c.fund)
        .limit(1)
    )
    row = db.session.execute(found).first()
    if row is None:
        return ""
    return _wrong_total(f"of {row[1]} in “{row[2]}” on {row[0].isoformat()}", int(row[3]))


def first_wrong_year() -> str:
    """Return which closed year no longer ends as it was closed, or an empty text."""
    for year in reversed(years.closed_years()):
        label = terms.school_year(year.first_on)
        now = {fund.value: asdict(of) for fund, of in years.fund_years(label).items()}
        for fund in sorted({*now, *year.funds}):
            if now.get(fund) != year.funds.get(fund):
                return f"Closed year {label}: the fund “{fund}” is not as it was when it closed."
    return ""
