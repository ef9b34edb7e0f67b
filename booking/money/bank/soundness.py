"""The doctor's checks that bank lines and matches are sound, which only read."""

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from booking.domain import money
from booking.foundation.chores import Check
from booking.foundation.db import db
from booking.money.bank.models import BankLine, BankMatch, MatchedEntry
from booking.money.bank.queries.entries import moved_at_bank
from booking.money.bank.queries.lines import held_pence, newest_statement

PROMISE = "The bank lines add up to the bank’s balance, and each match has two equal sides"


def checks() -> Sequence[Check]:
    """Return the doctor's checks."""
    return (Check(PROMISE, problems),)


def problems() -> Iterator[str]:
    """Yield each fault."""
    newest = newest_statement()
    held = held_pence()
    if newest is not None and newest.closing_pence != held:
        yield (
            f"the newest bank statement closes with {money.pounds(newest.closing_pence)}, "
            f"but all lines add up to {money.pounds(held)}"
        )
    yield from _lopsided()


def _lopsided() -> Iterator[str]:
    """Yield matches whose lines and entries are not equal."""
    moved = moved_at_bank()
    at_bank = (
        select(BankLine.match_id, func.sum(BankLine.pence).label("pence"))
        .group_by(BankLine.match_id)
        .subquery()
    )
    in_ledger = (
        select(MatchedEntry.match_id, func.sum(moved.c.pence).label("pence"))
        .join(moved, moved.c.entry_id == MatchedEntry.entry_id)
        .group_by(MatchedEntry.match_id)
        .subquery()
    )
    lines, entries = (func.coalesce(side.c.pence, 0) for side in (at_bank, in_ledger))
    found = (
        select(BankMatch.public_id, lines, entries)
        .outerjoin(at_bank, at_bank.c.match_id == BankMatch.id)
        .outerjoin(in_ledger, in_ledger.c.match_id == BankMatch.id)
        .where(lines != entries)
        .order_by(BankMatch.id)
    )
    for public_id, of_lines, of_entries in db.session.execute(found):
        yield (
            f"match {public_id}: {money.pounds(int(of_lines))} at the bank, "
            f"{money.pounds(int(of_entries))} in the ledger"
        )
