"""The order in which the bank booked the lines of a file, found from their balances.

Banks list the oldest or the newest first, and within one day either way, or by size. Where every
line has its balance, each line leads from the balance before it to its own; so the order of a day
is a walk that uses every line once (an Eulerian trail, found by Hierholzer's way).
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from typing import Protocol, TypeVar

from booking.domain import money


class Booked(Protocol):
    """A line of a statement, as far as its order is concerned."""

    @property
    def row(self) -> int:
        """The line of the file."""

    @property
    def on(self) -> date:
        """Its day."""

    @property
    def pence(self) -> int:
        """What it moved."""

    @property
    def balance_pence(self) -> int | None:
        """What the account held after it, if the file says it."""


L = TypeVar("L", bound=Booked)


def in_order(lines: Sequence[L]) -> list[L]:
    """Return lines oldest first, as well as days and balances tell."""
    listed = list(lines)
    falling = all(one.on >= other.on for one, other in pairwise(listed))
    rising = all(one.on <= other.on for one, other in pairwise(listed))
    likely = listed[::-1] if falling and not rising else listed
    if any(line.balance_pence is None for line in lines):
        # Equal days keep the order of the file; without balances nothing depends on it.
        return sorted(likely, key=lambda line: line.on)
    for whole in (likely,) if falling != rising else (listed, listed[::-1]):
        if first_break(whole) is None:
            return whole
    days: dict[date, list[L]] = defaultdict(list)
    for line in likely:
        days[line.on].append(line)
    return _day_by_day([days[on] for on in sorted(days)])


def _day_by_day(days: Sequence[list[L]]) -> list[L]:
    """Put each day in order, so that it begins where the day before ended if it can."""
    found: list[L] = []
    for number, lines in enumerate(days):
        held = found[-1].balance_pence if found else _before(days[number + 1 :], lines)
        found += _walk(lines, held)
    return found


def _before(following: Sequence[list[L]], lines: Sequence[L]) -> int | None:
    """Return what was held before a day that ends where it began, from the days after it."""
    starts = (held for day in following for held in _loose_ends(day))
    return next(starts, _start_of(lines[0]))


def _start_of(line: Booked) -> int:
    assert line.balance_pence is not None, "lines without balances have no order to be found"
    return line.balance_pence - line.pence


def _loose_ends(lines: Sequence[Booked]) -> list[int]:
    """Return the balances from which more lines lead away than lead there."""
    leads: dict[int, int] = defaultdict(int)
    for line in lines:
        leads[_start_of(line)] += 1
        leads[line.balance_pence or 0] -= 1
    return [held for held, more in leads.items() if more > 0]


def _walk(lines: Sequence[L], held: int | None) -> list[L]:
    """Return lines so that each follows from the one before; as they were if they cannot."""
    away: dict[int, list[L]] = defaultdict(list)
    for line in reversed(lines):
        away[_start_of(line)].append(line)
    loose = _loose_ends(lines)
    start = loose[0] if loose else held if held in away else _start_of(lines[0])
    assert start is not None
    trail: list[L] = []
    waiting: list[tuple[int, L | None]] = [(start, None)]
    while waiting:
        at, came_by = waiting[-1]
        if away[at]:
            line = away[at].pop()
            waiting.append((line.balance_pence or 0, line))
        else:
            waiting.pop()
            if came_by is not None:
                trail.append(came_by)
    return trail[::-1] if len(trail) == len(lines) else list(lines)


def first_break(lines: Sequence[Booked]) -> tuple[int, str] | None:
    """Return the first line whose balance does not follow from the one before, and a sentence."""
    for before, line in pairwise(lines):
        if before.balance_pence is None or line.balance_pence is None:
            continue
        expected = before.balance_pence + line.pence
        if line.balance_pence != expected:
            return line.row, (
                f"Its balance should be {money.pounds(expected)} after line {before.row}, and is "
                f"{money.pounds(line.balance_pence)}. A line is missing or was changed. Export the "
                "statement again, in one piece."
            )
    return None
