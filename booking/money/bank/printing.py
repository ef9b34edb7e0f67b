"""The reconciliation as a document, for paper and spreadsheets."""

from datetime import datetime

from booking.domain import english
from booking.money.bank.queries import Outstanding, Reconciliation
from booking.money.fund.statements import Document, RowStyle, StatementRow, Table

NUMERIC = frozenset({2})


def document(found: Reconciliation, *, made_at: datetime) -> Document:
    """Return the reconciliation: the sum, and each outstanding item."""
    on = f"{found.statement.last_on:%-d %B %Y}"
    tables = [_sum(found, on)]
    if found.entries.count:
        rows = tuple(
            StatementRow((each.entry.title, each.entry.entered_on, each.pence), entry=each.key)
            for each in found.entries.listed
        )
        tables.append(_items("In the ledger, not at the bank yet", rows, found.entries))
    if found.lines.count:
        rows = tuple(
            StatementRow((line.description, line.moved_on, line.pence))
            for line in found.lines.listed
        )
        tables.append(_items("At the bank, not in the ledger yet", rows, found.lines))
    return Document("Bank reconciliation", on, made_at, tuple(tables))


def _sum(found: Reconciliation, on: str) -> Table:
    standing = found.standing
    rows = [
        StatementRow(
            (f"The ledger’s bank account on {on}", None, standing.ledger_pence), RowStyle.TOTAL
        ),
        StatementRow(
            (
                _words("Less", found.entries, "entry", "not at the bank yet"),
                None,
                -standing.not_at_bank_pence,
            )
        ),
        StatementRow(
            (
                _words("Plus", found.lines, "line", "not in the ledger yet"),
                None,
                standing.not_in_ledger_pence,
            )
        ),
        StatementRow(("So the bank should hold", None, standing.expected_pence), RowStyle.TOTAL),
        StatementRow((f"The bank’s balance on {on}", None, standing.bank_pence), RowStyle.TOTAL),
        StatementRow(("Difference", None, standing.difference_pence), RowStyle.TOTAL),
    ]
    return Table("Ledger and bank", ("What", "Date", "Amount"), tuple(rows), NUMERIC)


def _words(sign: str, of: Outstanding, thing: str, what: str) -> str:
    return f"{sign} {english.plural(of.count, thing)} {what}"


def _items(title: str, rows: tuple[StatementRow, ...], of: Outstanding) -> Table:
    note = f"And {of.not_listed:,} more, which are included in the total." if of.not_listed else ""
    whole = (*rows, StatementRow(("Total", None, of.pence), RowStyle.TOTAL))
    return Table(title, ("What", "Date", "Amount"), whole, NUMERIC, note)
