"""Match bank lines with ledger entries, and remove a match."""

from collections.abc import Collection, Sequence
from datetime import datetime

from booking.domain import money
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.money.bank import locks, queries
from booking.money.bank.models import BankLine, BankMatch, MatchedEntry
from booking.money.bank.queries import BankEntry
from booking.money.bank.queries.entries import matched_ids
from booking.money.fund import locks as fund_locks
from booking.money.fund.refusals import CannotMatch


class MatchRefused(CannotMatch):
    """These cannot be matched; the message says why. Nothing was written."""


class NotChosen(MatchRefused):
    """A match needs at least two existing items."""


class NotEqual(MatchRefused):
    """The two sides are not equal."""


class AlreadyMatched(MatchRefused):
    """One of them has already been matched with something else."""


def match(
    *, actor: Actor, now: datetime, lines: Collection[str], entries: Collection[str]
) -> BankMatch:
    """Record that lines (by public id) and entries (by key) are the same money.

    Locking the funds lets one person match at a time. Raises a MatchRefused.
    """
    fund_locks.funds()
    found_lines = locks.lines(lines)
    found_entries = queries.entries_by_keys(entries)
    _check(found_lines, found_entries, asked=len(set(lines)) + len(set(entries)))
    made = BankMatch(made_at=now, made_by_id=actor.person_id, lines=found_lines)
    made.entries = [MatchedEntry(entry_id=each.entry.id) for each in found_entries]
    db.session.add(made)
    db.session.flush()
    audit.record(
        actor=actor,
        action="match_bank_lines",
        subject=made,
        now=now,
        pence=sum(line.pence for line in found_lines),
        lines=len(found_lines),
        entries=[each.key for each in found_entries],
    )
    return made


def _check(lines: Sequence[BankLine], entries: Sequence[BankEntry], *, asked: int) -> None:
    if len(lines) + len(entries) < max(2, asked):
        raise NotChosen("Choose the entries or lines that belong together.")
    if any(line.match_id is not None for line in lines):
        raise AlreadyMatched("This bank line has already been matched.")
    if taken := matched_ids([each.entry.id for each in entries]):
        names = [each.entry.title for each in entries if each.entry.id in taken]
        raise AlreadyMatched(f"“{names[0]}” has already been matched with another line.")
    if strange := [each for each in entries if each.pence == 0]:
        raise NotChosen(f"“{strange[0].entry.title}” moves nothing at the bank.")
    at_bank = sum(line.pence for line in lines)
    in_ledger = sum(each.pence for each in entries)
    if at_bank != in_ledger:
        raise NotEqual(
            f"At the bank it is {money.pounds(at_bank)}, in the ledger {money.pounds(in_ledger)}: "
            f"{money.pounds(abs(at_bank - in_ledger))} apart. Choose others, or record what is "
            "missing."
        )


def confirm(*, actor: Actor, now: datetime, tokens: Collection[str]) -> int:
    """Match the proposals that were ticked and are still valid; return how many.

    Raises NotChosen if none was ticked, or none is still valid.
    """
    if not tokens:
        raise NotChosen("Tick the proposals that are right.")
    fund_locks.funds()
    standing = [each for each in queries.proposals() if each.token in tokens]
    if not standing:
        raise NotChosen(
            "These proposals have changed since you opened the page. Please check again."
        )
    for proposal in standing:
        match(
            actor=actor,
            now=now,
            lines=[line.public_id for line in proposal.lines],
            entries=[each.key for each in proposal.entries],
        )
    return len(standing)


def undo_match(*, actor: Actor, now: datetime, made: BankMatch) -> None:
    """Undo a match: its lines and entries can be matched again."""
    fund_locks.funds()
    audit.record(
        actor=actor,
        action="undo_bank_match",
        subject=made,
        now=now,
        lines=len(made.lines),
        pence=sum(line.pence for line in made.lines),
    )
    for line in list(made.lines):
        line.match_id = None
    db.session.flush()
    db.session.refresh(made, ["lines"])
    db.session.delete(made)
