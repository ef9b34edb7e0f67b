"""What each column of a bank's export is: by its title, by a person's word, or by its values."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from booking.domain import english
from booking.foundation.tables.records import NO_HEADER, NOT_NEEDED, ReadTable, Record, TableDialect
from booking.money.bank.imports import by_values, cells, flags


class LineFact(StrEnum):
    """What we read from a line."""

    DATE = "date"
    DESCRIPTION = "description"
    AMOUNT = "amount"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    DIRECTION = "direction"
    STATUS = "status"
    BALANCE = "balance"
    ACCOUNT = "account"
    CURRENCY = "currency"


FACT_WORDS = {
    LineFact.DATE: "Date",
    LineFact.DESCRIPTION: "Description",
    LineFact.AMOUNT: "Amount, with a minus for money out",
    LineFact.PAID_IN: "Paid in",
    LineFact.PAID_OUT: "Paid out",
    LineFact.DIRECTION: "In or out (CR, DR)",
    LineFact.STATUS: "Whether the payment went through",
    LineFact.BALANCE: "Balance after the line",
    LineFact.ACCOUNT: "Account",
    LineFact.CURRENCY: "Currency",
}
#: What banks in this country call their columns, the better word first. Taken from exports of
#: Barclays, Co-operative, Halifax, HSBC, Lloyds, Metro, Monzo, Nationwide, NatWest, RBS, Santander,
#: Starling, Tide, TSB and Unity Trust.
TITLES: dict[LineFact, tuple[str, ...]] = {
    LineFact.DATE: (
        *("date", "transaction date", "posted date", "posting date", "booking date"),
        *("entry date", "date completed", "completed date", "value date"),
    ),
    LineFact.DESCRIPTION: (
        *("description", "transaction description", "details", "transaction details", "memo"),
        *("narrative", "narration", "particulars", "transactions", "counter party"),
        *("counterparty", "name", "payee", "reference", "payment reference"),
    ),
    LineFact.AMOUNT: ("amount", "value", "transaction amount", "net amount", "net"),
    LineFact.PAID_IN: (
        *("paid in", "money in", "credit", "credit amount", "credits", "deposits", "deposit"),
        *("receipts", "in"),
    ),
    LineFact.PAID_OUT: (
        *("paid out", "money out", "debit", "debit amount", "debits", "withdrawals", "withdrawal"),
        *("withdrawn", "payments", "out"),
    ),
    LineFact.DIRECTION: (
        *("debit credit", "credit debit", "dr cr", "cr dr", "d c", "c d", "direction"),
        *("debit or credit", "credit or debit", "debit credit indicator", "in out"),
        *("credit debit indicator", "dc indicator", "indicator", "sign"),
    ),
    LineFact.STATUS: ("status", "transaction status", "payment status", "state"),
    LineFact.BALANCE: ("balance", "account balance", "running balance", "closing balance"),
    LineFact.ACCOUNT: ("account number", "account", "account no"),
    LineFact.CURRENCY: ("currency",),
}
#: Amounts that are told besides the one that moved the account.
BESIDES = frozenset(
    {
        *("local amount", "local currency amount", "original amount", "foreign amount"),
        *("exchange rate", "available balance", "category split", "vat", "vat amount"),
    }
)
_ONE_OF = {LineFact.AMOUNT, LineFact.PAID_IN, LineFact.PAID_OUT}


@dataclass(frozen=True)
class StatementColumns:
    """Which column each part is in. A description may be made up of several columns."""

    places: dict[LineFact, int] = field(default_factory=dict)
    descriptions: tuple[int, ...] = ()
    #: What a person has to say before any line can be read, as a sentence; empty if nothing.
    question: str = ""

    def cell(self, part: LineFact, row: Sequence[str]) -> str:
        """Return the cell for a part, or an empty text if there is none."""
        place = self.places.get(part)
        return row[place] if place is not None and place < len(row) else ""

    def meanings(self, width: int) -> list[str]:
        """Return what each column was taken for, in words; empty where it is not needed."""
        known = {place: FACT_WORDS[part] for part, place in self.places.items()}
        known |= dict.fromkeys(self.descriptions, FACT_WORDS[LineFact.DESCRIPTION])
        return [known.get(place, "") for place in range(width)]


def plain(title: str) -> str:
    """Return a header's words, without the currency that some banks add."""
    words = re.findall(r"[a-z]+", title.casefold())
    return " ".join(word for word in words if word != "gbp")


def explains(row: Sequence[str]) -> int:
    """Return how many columns a row names; none if it has a day or an amount and is no header."""
    if any(cells.is_day(cell) or cells.are_money([cell]) for cell in row):
        return 0
    titles = {plain(cell) for cell in row}
    return sum(bool(titles & set(words)) for words in TITLES.values())


DIALECT = TableDialect(
    name="bank",
    explains=explains,
    rows="lines",
    choose="Choose the statement that your bank exported.",
    smaller="Export fewer months at a time.",
    shorter="Export fewer months at a time.",
    facts=tuple((fact.value, words) for fact, words in FACT_WORDS.items()),
    is_value=cells.is_day,
)


def understand(table: ReadTable) -> StatementColumns:
    """Return what each column is, and what has to be asked."""
    pointed = {place: LineFact(said) for place, said in table.pointed.items() if said != NOT_NEEDED}
    free = {
        place: plain(title)
        for place, title in enumerate(table.header)
        if place not in table.pointed
    }
    places = {part: place for place, part in reversed(pointed.items())}
    for part, words in TITLES.items():
        found = [place for word in words for place, title in free.items() if title == word]
        if found and part not in places:
            places[part] = found[0]
    described = [
        place
        for place in range(len(table.header))
        if pointed.get(place) is LineFact.DESCRIPTION
        or free.get(place) in TITLES[LineFact.DESCRIPTION]
    ]
    if table.guess.header_line == NO_HEADER:
        _take_values(table, places, described)
    _take_direction(table, places)
    missing = _missing(places, table.header) or _unknown_money(table, places, described)
    return StatementColumns(places, tuple(described), missing)


def _take_values(table: ReadTable, places: dict[LineFact, int], described: list[int]) -> None:
    """Fill in by their values what no title names; the page shows it as a guess."""
    said = {*places.values(), *table.pointed}
    has_amounts = bool(_ONE_OF & places.keys())
    values = [
        by_values.UnnamedColumn(
            place, [row.cells[place] for row in table.records if place < len(row.cells)]
        )
        for place in range(len(table.header))
        if place not in said
    ]
    for name, place in by_values.guess(values, len(table.records)).items():
        part = LineFact(name)
        if part in _ONE_OF and has_amounts:
            continue
        places.setdefault(part, place)
        if part is LineFact.DESCRIPTION and not described:
            described.append(place)


def _take_direction(table: ReadTable, places: dict[LineFact, int]) -> None:
    """Find a column of “CR” and “DR” beside amounts that have no sign, whatever its title."""
    if LineFact.AMOUNT not in places or LineFact.DIRECTION in places:
        _take_amounts_for_direction(table, places)
        return
    amounts = _column(table, places[LineFact.AMOUNT])
    if any(cells.is_amount(text) and cells.amount(text) < 0 for text in amounts):
        return
    for place in range(len(table.header)):
        if place in {*places.values(), *table.pointed}:
            continue
        words = _column(table, place)
        if (
            words
            and all(flags.direction(word) for word in words)
            and any(flags.direction(word) < 0 for word in words)
        ):
            places[LineFact.DIRECTION] = place
            return


def _take_amounts_for_direction(table: ReadTable, places: dict[LineFact, int]) -> None:
    """Read a column “Debit/Credit” as the amounts, if that is what stands in it."""
    place = places.get(LineFact.DIRECTION)
    if place is not None and not _ONE_OF & places.keys() and _holds_money(table.records, place):
        places[LineFact.AMOUNT] = places.pop(LineFact.DIRECTION)


def _column(table: ReadTable, place: int) -> list[str]:
    return [row.cells[place] if place < len(row.cells) else "" for row in table.records]


def _missing(places: dict[LineFact, int], header: Sequence[str]) -> str:
    seen = ", ".join(f"“{title}”" for title in header[:12] if title) or "none"
    if LineFact.DATE not in places:
        missing = "which column has the date of each line"
    elif not places.keys() & _ONE_OF:
        missing = "which column has the amounts, or which two have what was paid in and paid out"
    elif (
        LineFact.AMOUNT not in places and not {LineFact.PAID_IN, LineFact.PAID_OUT} <= places.keys()
    ):
        missing = "which is the other one of the two columns “Paid in” and “Paid out”"
    elif LineFact.DESCRIPTION not in places:
        missing = "which column says what each line was for"
    else:
        return ""
    return f"We cannot tell {missing}. The file’s columns are {seen}. Say below what they are."


def _unknown_money(table: ReadTable, places: dict[LineFact, int], described: Sequence[int]) -> str:
    """Return a question about columns full of amounts of which nobody knows what they are."""
    moved = [places[part] for part in sorted(_ONE_OF) if part in places]
    known = {*places.values(), *table.pointed, *described}
    unknown = [
        title or f"Column {place + 1}"
        for place, title in enumerate(table.header)
        if place not in known
        and plain(title) not in BESIDES
        and _holds_money(table.records, place)
        and not _says_the_same(table.records, place, moved)
    ]
    if not unknown:
        return ""
    titles = english.listed(f"“{title}”" for title in unknown)
    return (
        f"{titles} {english.agree(len(unknown), 'holds', 'hold')} amounts, and we do not know "
        f"what {english.agree(len(unknown), 'it is', 'they are')}. Say so below: we never ignore "
        "what may be money."
    )


def _holds_money(records: Sequence[Record], place: int) -> bool:
    filled = [
        cell
        for row in records
        if place < len(row.cells) and not cells.is_nothing(cell := row.cells[place])
    ]
    return cells.are_money(filled) and any(cells.amount(cell) for cell in filled)


def _says_the_same(records: Sequence[Record], place: int, moved: Sequence[int]) -> bool:
    """Return whether a column only repeats what the columns that we read say."""
    return all(
        cells.is_nothing(row.cells[place])
        or abs(cells.amount(row.cells[place]))
        in {abs(cells.amount(cell)) for n in moved if cells.is_amount(cell := row.cells[n])}
        for row in records
        if place < len(row.cells)
    )
