"""Proposals: lines and entries that seem to be the same money, for the treasurer to confirm."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from booking.domain import reconciling
from booking.domain.reconciling import WINDOW, Suggestion, UnmatchedItem
from booking.money.bank.models import BankLine
from booking.money.bank.queries.entries import BankEntry, unmatched_entries
from booking.money.bank.queries.lines import unmatched_lines

#: Proposals are worked out for the oldest lines; more follow once these are confirmed.
LINES_AT_ONCE = 100


@dataclass(frozen=True)
class MatchProposal:
    """Lines and entries with equal sums, and why they seem to belong together."""

    lines: tuple[BankLine, ...]
    entries: tuple[BankEntry, ...]
    sure: bool
    why: str

    @property
    def token(self) -> str:
        """Return a token for exactly this proposal, which a form sends back if it is ticked."""
        keys = [line.public_id for line in self.lines] + [each.key for each in self.entries]
        return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()[:24]

    @property
    def pence(self) -> int:
        """Return the amount."""
        return sum(each.pence for each in self.entries)


def proposals() -> list[MatchProposal]:
    """Return proposals for the oldest unmatched lines, in two queries."""
    lines = unmatched_lines(limit=LINES_AT_ONCE)
    if not lines:
        return []
    entries = unmatched_entries(
        first_on=lines[0].moved_on - WINDOW, last_on=lines[-1].moved_on + WINDOW
    )
    undone = _undone(entries)
    taken = {each.key for proposal in undone for each in proposal.entries}
    free = [each for each in entries if each.key not in taken]
    found = reconciling.suggest(
        [
            UnmatchedItem(line.public_id, line.moved_on, line.pence, (line.description,))
            for line in lines
        ],
        [_item(each) for each in free],
    )
    by_line = {line.public_id: line for line in lines}
    by_key = {each.key: each for each in free}
    return [*(_proposal(each, by_line, by_key) for each in found), *undone]


def _item(of: BankEntry) -> UnmatchedItem:
    entry = of.entry
    references = (entry.school, entry.key.rpartition(":")[2], entry.description)
    return UnmatchedItem(entry.key, entry.entered_on, of.pence, references, entry.school)


def _proposal(
    of: Suggestion, by_line: dict[str, BankLine], by_key: dict[str, BankEntry]
) -> MatchProposal:
    lines = tuple(by_line[key] for key in of.lines)
    return MatchProposal(lines, tuple(by_key[key] for key in of.entries), of.sure, of.why)


def _undone(entries: Iterable[BankEntry]) -> list[MatchProposal]:
    """Pair each entry with its reversal, as the bank will never see either."""
    by_id = {each.entry.id: each for each in entries}
    return [
        MatchProposal(
            (),
            (by_id[first_id], each),
            True,
            "The second reverses the first: neither will be at the bank.",
        )
        for each in by_id.values()
        if (first_id := each.entry.reverses_id) in by_id and first_id is not None
    ]
