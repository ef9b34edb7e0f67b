"""What pages show of invoices: what has arrived at the bank, and a school's statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from booking.domain import money
from booking.domain.ledger.periods import Period
from booking.foundation.web import addresses
from booking.money.fund.ports import ArrivedMoney
from booking.money.fund.statements import Document, RowStyle, StatementRow, Table
from booking.money.invoices import queries, words
from booking.money.invoices.queries import ArrivedPayment, SchoolEntry
from booking.people.schools.models import School

HEAD = ("What", "Date", "Invoiced", "Paid", "Balance due")
NUMERIC = frozenset({2, 3, 4})


def arrivals() -> list[ArrivedMoney]:
    """Return the bank lines that name invoices, for the page on which lines are matched."""
    return [_arrival(each) for each in queries.arrived()]


def _arrival(of: ArrivedPayment) -> ArrivedMoney:
    pays = [
        (
            f"Invoice {words.number_of(invoice)}, {invoice.school.name}",
            addresses.INVOICE(public_id=invoice.public_id),
        )
        for invoice, _ in of.shares
    ]
    one_school = len({invoice.school_id for invoice, _ in of.shares}) == 1
    return ArrivedMoney(of.money, pays, _comes_to(of), sure=not of.over_pence and one_school)


def _comes_to(of: ArrivedPayment) -> str:
    """Return what a line pays in words: all, a part, or too much."""
    told = []
    for invoice, pence in of.shares:
        left = invoice.amount_pence - invoice.paid_pence
        part = f"{money.pounds(pence)} of {money.pounds(left)}"
        told.append(f"{part} that is due." if pence < left else f"{money.pounds(left)} in full.")
    if of.over_pence:
        over = money.pounds(of.over_pence)
        told.append(f"{over} is more than is due; it stays the school’s until it is given back.")
    return " ".join(told)


@dataclass(frozen=True)
class SchoolStatementLine:
    """One line of a school's statement."""

    label: str
    on: date
    invoiced_pence: int
    paid_pence: int
    balance_pence: int
    #: The invoice that it is about, if any: its page.
    url: str = ""


@dataclass(frozen=True)
class SchoolStatement:
    """What a school was invoiced, has paid and owes, in a period, line by line."""

    school: School
    period: Period
    opening_pence: int
    lines: Sequence[SchoolStatementLine]

    @property
    def invoiced_pence(self) -> int:
        """Return what was invoiced in the period: the sum of its column."""
        return sum(line.invoiced_pence for line in self.lines)

    @property
    def paid_pence(self) -> int:
        """Return what was paid in the period: the sum of its column."""
        return sum(line.paid_pence for line in self.lines)

    @property
    def due_pence(self) -> int:
        """Return what is due at the end; below zero if too much was paid."""
        return self.opening_pence + self.invoiced_pence - self.paid_pence


def school_statement(school: School, period: Period) -> SchoolStatement:
    """Return a school's statement from its account in the ledger, in four queries."""
    opening, entries = queries.school_entries(school, period)
    named = queries.invoices_of([each.key for each in entries])
    lines, balance = [], opening
    for each in entries:
        balance += each.pence
        lines.append(_line(each, named.get(words.keys_invoice(each.key)), balance))
    return SchoolStatement(school, period, opening, lines)


def _line(
    of: SchoolEntry, invoice: queries.NamedInvoice | None, balance: int
) -> SchoolStatementLine:
    billed = words.is_billing(of.key)
    label = words.statement_label(of.key, invoice) or of.description
    return SchoolStatementLine(
        label,
        of.on,
        of.pence if billed else 0,
        0 if billed else -of.pence,
        balance,
        addresses.INVOICE(public_id=invoice.public_id) if invoice else "",
    )


def document(of: SchoolStatement, *, made_at: datetime) -> Document:
    """Return a statement as a document, for its files."""
    rows = [
        StatementRow(("Brought forward", None, None, None, of.opening_pence), RowStyle.HEADING),
        *(
            StatementRow(
                (
                    line.label,
                    line.on,
                    line.invoiced_pence or None,
                    line.paid_pence or None,
                    line.balance_pence,
                )
            )
            for line in of.lines
        ),
        StatementRow(
            ("Total", None, of.invoiced_pence, of.paid_pence, of.due_pence), RowStyle.TOTAL
        ),
    ]
    table = Table(f"Account of {of.school.name}", HEAD, tuple(rows), NUMERIC)
    return Document(f"Statement for {of.school.name}", of.period.words, made_at, (table,))
