"""Reconciling the ledger's bank account with the bank: what belongs together, and what is left.

Amounts are pence as the account sees them: plus comes in, minus goes out. Bank lines and ledger
entries are both `UnmatchedItem`s; a match takes items from both sides whose sums are equal.
"""

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from booking.domain import english

#: The bank records a payment at most this many days before or after the treasurer does.
WINDOW = timedelta(days=7)
#: Sums are looked for among this many items, the nearest in time, and of at most this many items.
SUM_OF_MOST, SUM_AMONG = 4, 12
#: A shorter reference would be found in any text.
SHORTEST_REFERENCE = 4


@dataclass(frozen=True)
class UnmatchedItem:
    """A bank line or an entry of the ledger, not matched yet."""

    key: str
    on: date
    pence: int
    #: What the bank wrote; for an entry, what a bank might write about it: a school, a reference.
    words: tuple[str, ...] = ()
    #: Entries of one school or event may arrive as one sum.
    group: str = ""


@dataclass(frozen=True)
class Suggestion:
    """Items that seem to be the same money, by their keys."""

    lines: tuple[str, ...]
    entries: tuple[str, ...]
    #: Nothing else fits as well.
    sure: bool
    why: str


@dataclass(frozen=True)
class BankStanding:
    """What the ledger holds, what the bank holds, and the difference between them, in pence."""

    ledger_pence: int
    #: In the ledger and not at the bank yet.
    not_at_bank_pence: int
    #: At the bank and not in the ledger yet.
    not_in_ledger_pence: int
    bank_pence: int

    @property
    def expected_pence(self) -> int:
        """What the bank should hold, going by the ledger and what is outstanding."""
        return self.ledger_pence - self.not_at_bank_pence + self.not_in_ledger_pence

    @property
    def difference_pence(self) -> int:
        """What nothing explains; zero when the account is reconciled."""
        return self.bank_pence - self.expected_pence


def fingerprint(on: date, pence: int, description: str) -> str:
    """Return a name for a bank line, made of what every export says about it."""
    words = " ".join(description.casefold().split())
    return hashlib.sha256(f"{on.isoformat()}|{pence}|{words}".encode()).hexdigest()


def numbered(fingerprints: Iterable[str]) -> list[int]:
    """Number identical lines of one statement: the first 1, the next 2, and so on.

    Two identical payments on one day are two payments. Overlapping statements number them alike, so
    a fingerprint and a number together identify a line.
    """
    seen: Counter[str] = Counter()
    numbers = []
    for each in fingerprints:
        seen[each] += 1
        numbers.append(seen[each])
    return numbers


def suggest(lines: Sequence[UnmatchedItem], entries: Sequence[UnmatchedItem]) -> list[Suggestion]:
    """Propose matches: exact sums, near in time, no item used twice.

    First one to one (by reference, then in the order of their days), then one line that is the sum
    of several entries, then one entry that is the sum of several lines.
    """
    found = _one_to_one(lines, entries)
    lines, entries = _left(lines, entries, found)
    found += [
        Suggestion((whole.key,), tuple(p.key for p in parts), sure=False, why=_sum_words(parts))
        for whole, parts in _sums(lines, entries)
    ]
    lines, entries = _left(lines, entries, found)
    found += [
        Suggestion(tuple(p.key for p in parts), (whole.key,), sure=False, why=_sum_words(parts))
        for whole, parts in _sums(entries, lines)
    ]
    return found


def _left(
    lines: Sequence[UnmatchedItem], entries: Sequence[UnmatchedItem], found: Sequence[Suggestion]
) -> tuple[list[UnmatchedItem], list[UnmatchedItem]]:
    used_lines = {key for each in found for key in each.lines}
    used_entries = {key for each in found for key in each.entries}
    return (
        [line for line in lines if line.key not in used_lines],
        [entry for entry in entries if entry.key not in used_entries],
    )


def _sum_words(parts: Sequence[UnmatchedItem]) -> str:
    return f"Together these {len(parts)} add up to the same amount."


def _one_to_one(
    lines: Sequence[UnmatchedItem], entries: Sequence[UnmatchedItem]
) -> list[Suggestion]:
    found = []
    of_amount: dict[int, tuple[list[UnmatchedItem], list[UnmatchedItem]]] = defaultdict(
        lambda: ([], [])
    )
    for place, items in enumerate((lines, entries)):
        for item in items:
            of_amount[item.pence][place].append(item)
    for pence in sorted(of_amount):
        ours, theirs = (sorted(items, key=_by_day) for items in of_amount[pence])
        named = _by_reference(ours, theirs)
        ours = [item for item in ours if item not in {pair[0] for pair in named}]
        theirs = [item for item in theirs if item not in {pair[1] for pair in named}]
        paired = _by_order(ours, theirs)
        found += [_pair(a, b, sure=True, why="The bank's wording names it.") for a, b in named]
        found += [
            _pair(a, b, sure=_alone(a, theirs) and _alone(b, ours), why=_days_words(a, b))
            for a, b in paired
        ]
    return found


def _pair(line: UnmatchedItem, entry: UnmatchedItem, *, sure: bool, why: str) -> Suggestion:
    return Suggestion((line.key,), (entry.key,), sure, why)


def _by_day(item: UnmatchedItem) -> tuple[date, str]:
    return item.on, item.key


def _near(one: UnmatchedItem, other: UnmatchedItem) -> bool:
    return abs(one.on - other.on) <= WINDOW


def _alone(item: UnmatchedItem, others: Sequence[UnmatchedItem]) -> bool:
    return sum(_near(item, other) for other in others) == 1


def _days_words(line: UnmatchedItem, entry: UnmatchedItem) -> str:
    apart = abs((line.on - entry.on).days)
    if apart == 0:
        return "The same amount on the same day."
    return f"The same amount, {english.plural(apart, 'day')} apart."


def _by_reference(
    lines: Sequence[UnmatchedItem], entries: Sequence[UnmatchedItem]
) -> list[tuple[UnmatchedItem, UnmatchedItem]]:
    """Pair a line with the one entry that its words name, if no other line names that entry."""
    pairs = []
    for line in lines:
        named = [entry for entry in entries if _near(line, entry) and _names(line, entry)]
        if len(named) == 1:
            pairs.append((line, named[0]))
    often = Counter(entry.key for _, entry in pairs)
    return [(line, entry) for line, entry in pairs if often[entry.key] == 1]


def _names(line: UnmatchedItem, entry: UnmatchedItem) -> bool:
    written = _bare(" ".join(line.words))
    references = [_bare(words) for words in entry.words]
    return any(len(each) >= SHORTEST_REFERENCE and each in written for each in references)


def _bare(text: str) -> str:
    return re.sub(r"[^0-9a-z]", "", text.casefold())


def _by_order(
    lines: Sequence[UnmatchedItem], entries: Sequence[UnmatchedItem]
) -> list[tuple[UnmatchedItem, UnmatchedItem]]:
    """Pair equal amounts in the order of their days, as many as the window allows.

    Both are sorted, so an item that reaches nothing when it comes first reaches nothing later
    either.
    """
    pairs, i, j = [], 0, 0
    while i < len(lines) and j < len(entries):
        if _near(lines[i], entries[j]):
            pairs.append((lines[i], entries[j]))
            i, j = i + 1, j + 1
        elif lines[i].on < entries[j].on:
            i += 1
        else:
            j += 1
    return pairs


def _sums(
    wholes: Sequence[UnmatchedItem], items: Sequence[UnmatchedItem]
) -> list[tuple[UnmatchedItem, tuple[UnmatchedItem, ...]]]:
    found: list[tuple[UnmatchedItem, tuple[UnmatchedItem, ...]]] = []
    used: set[str] = set()
    for whole in sorted(wholes, key=_by_day):
        free = [item for item in items if item.key not in used and _part_of(whole, item)]
        free.sort(key=lambda item: (abs(item.on - whole.on), *_by_day(item)))
        if parts := _only_sum(whole.pence, free[:SUM_AMONG]):
            found.append((whole, parts))
            used |= {part.key for part in parts}
    return found


def _part_of(whole: UnmatchedItem, item: UnmatchedItem) -> bool:
    same_way = (item.pence > 0) == (whole.pence > 0)
    return same_way and abs(item.pence) < abs(whole.pence) and _near(whole, item)


def _only_sum(pence: int, items: Sequence[UnmatchedItem]) -> tuple[UnmatchedItem, ...]:
    """Return the only items that make up a sum, within one group first; nothing if several do."""
    sums = [
        parts
        for size in range(2, SUM_OF_MOST + 1)
        for parts in combinations(items, size)
        if sum(part.pence for part in parts) == pence
    ]
    of_one_group = [
        parts for parts in sums if parts[0].group and len({part.group for part in parts}) == 1
    ]
    for choice in (of_one_group, sums):
        if len(choice) == 1:
            return tuple(sorted(choice[0], key=_by_day))
    return ()
