"""What is kept of people, why, how long, and what remains: one table with three readers.

The privacy page prints it, the purge carries it out, and the doctor judges by it. Every column
that can hold something about a person is in it (tests/house/test_kept.py).
"""

from collections.abc import Sequence

from booking.domain.keeping import families, network_life, others
from booking.domain.keeping.rows import KeptRow, LawfulBasis, Whose, columns
from booking.domain.keeping.times import KeepingTime

__all__ = ["TABLE", "KeepingTime", "KeptRow", "LawfulBasis", "Whose", "by_whom", "columns"]

TABLE: tuple[KeptRow, ...] = (*families.ROWS, *others.ROWS, *network_life.ROWS)


def by_whom() -> Sequence[tuple[Whose, Sequence[tuple[str, str, str, str]]]]:
    """Return the table for a page: whom it is about, then what, why, how long, what remains."""
    return [(whose, [_told(row) for row in TABLE if row.whose is whose]) for whose in Whose]


def _told(row: KeptRow) -> tuple[str, str, str, str]:
    how_long = row.how_long[0].upper() + row.how_long[1:]
    remains = row.remains[:1].upper() + row.remains[1:]
    return row.what, f"{row.purpose} ({row.basis})", how_long, remains or "Nothing"
