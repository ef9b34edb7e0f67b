"""The statement of one account or fund: a period's lines, each with the balance after it.

Where nothing is brought forward, because income and expenditure are of a period, the balance is the
total so far, and the last one is the period's figure.
"""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from booking.domain import ledger
from booking.domain.ledger import Fund
from booking.money.fund.models import EntryLine
from booking.money.fund.statements.document import RowStyle, StatementRow, Table

HEAD = ("Entry", "Date", "Kind", "Fund", "For", "In", "Out")
NUMERIC = frozenset({5, 6, 7})


def account_table(
    lines: Sequence[EntryLine],
    *,
    title: str,
    titles: Mapping[Fund, str],
    opening_pence: int,
    sign: int = 1,
    from_nil: bool = False,
    first: bool = True,
    last: bool = True,
    piece: str = "page",
) -> Table:
    """Return lines as a table that continues from a balance.

    `piece` is what these lines are of a longer statement: a page, or a part on paper.
    `sign` is -1 for accounts that grow by credits (income, equity), so that plus means more.
    The first page starts with what was brought forward, or `from_nil`, with the first line; later
    ones with the balance at the end of the page before. The totals are of these lines only.
    """
    moved = [sign * line.pence for line in lines]
    balances = list(accumulate(moved, initial=opening_pence))
    words = "Brought forward" if first else f"From the previous {piece}"
    rows = []
    if not (from_nil and first):
        before = (words, None, None, None, None, None, None, opening_pence)
        rows.append(StatementRow(before, RowStyle.HEADING))
    for line, pence, balance in zip(lines, moved, balances[1:], strict=True):
        entry = line.entry
        rows.append(
            StatementRow(
                (
                    entry.title,
                    entry.entered_on,
                    ledger.KIND_NAMES[ledger.EntryKind(entry.kind)],
                    titles[line.fund],
                    line.memo,
                    pence if pence > 0 else None,
                    -pence if pence < 0 else None,
                    balance,
                ),
                entry=entry.key,
            )
        )
    came = sum(pence for pence in moved if pence > 0)
    went = -sum(pence for pence in moved if pence < 0)
    summed = "Total" if first and last else f"On this {piece}"
    rows.append(
        StatementRow((summed, None, None, None, None, came, went, balances[-1]), RowStyle.TOTAL)
    )
    head = (*HEAD, "Total so far" if from_nil else "Balance")
    return Table(title, head, tuple(rows), NUMERIC)
