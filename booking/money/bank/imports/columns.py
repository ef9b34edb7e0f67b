"""What each column in a bank's export is, from its header."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from booking.foundation.web.sheets import NotReadable


class NoSuchColumn(NotReadable):
    """The statement lacks a column that we need in order to read it."""


class LineFact(StrEnum):
    """What we read from a line."""

    DATE = "date"
    DESCRIPTION = "description"
    AMOUNT = "amount"
    PAID_IN = "paid_in"
    PAID_OUT = "paid_out"
    BALANCE = "balance"
    ACCOUNT = "account"
    CURRENCY = "currency"


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
    LineFact.AMOUNT: ("amount", "value", "transaction amount", "net amount"),
    LineFact.PAID_IN: (
        *("paid in", "money in", "credit", "credit amount", "credits", "deposits", "deposit"),
        *("receipts", "in"),
    ),
    LineFact.PAID_OUT: (
        *("paid out", "money out", "debit", "debit amount", "debits", "withdrawals", "withdrawal"),
        *("withdrawn", "payments", "out"),
    ),
    LineFact.BALANCE: ("balance", "account balance", "running balance", "closing balance"),
    LineFact.ACCOUNT: ("account number", "account", "account no"),
    LineFact.CURRENCY: ("currency",),
}


@dataclass(frozen=True)
class StatementColumns:
    """Which column each part is in. A description may be made up of several columns."""

    places: dict[LineFact, int] = field(default_factory=dict)
    descriptions: tuple[int, ...] = ()

    def cell(self, part: LineFact, cells: Sequence[str]) -> str:
        """Return the cell for a part, or an empty text if there is none."""
        place = self.places.get(part)
        return cells[place] if place is not None and place < len(cells) else ""


def plain(title: str) -> str:
    """Return a header's words, without the currency that some banks add."""
    words = re.findall(r"[a-z]+", title.casefold())
    return " ".join(word for word in words if word != "gbp")


def looks_like_header(cells: Sequence[str]) -> bool:
    """Return whether a row names the columns of a statement."""
    titles = {plain(cell) for cell in cells}
    has = {part for part, words in TITLES.items() if titles & set(words)}
    return LineFact.DATE in has and bool(
        has & {LineFact.AMOUNT, LineFact.PAID_IN, LineFact.PAID_OUT}
    )


def understand(header: Sequence[str]) -> StatementColumns:
    """Return what each column is. Raises NoSuchColumn."""
    titles = [plain(title) for title in header]
    places = {}
    for part, words in TITLES.items():
        found = [titles.index(word) for word in words if word in titles]
        if found:
            places[part] = found[0]
    described = tuple(n for n, title in enumerate(titles) if title in TITLES[LineFact.DESCRIPTION])
    _check(places, header)
    return StatementColumns(places, described)


def _check(places: dict[LineFact, int], header: Sequence[str]) -> None:
    seen = ", ".join(f"“{title}”" for title in header[:12] if title) or "none"
    if LineFact.DATE not in places:
        missing = "a column “Date”"
    elif not places.keys() & {LineFact.AMOUNT, LineFact.PAID_IN, LineFact.PAID_OUT}:
        missing = "a column “Amount”, or two columns “Paid in” and “Paid out”"
    elif (
        LineFact.AMOUNT not in places
        and len(places.keys() & {LineFact.PAID_IN, LineFact.PAID_OUT}) == 1
    ):
        missing = "the other one of the two columns “Paid in” and “Paid out”"
    elif LineFact.DESCRIPTION not in places:
        missing = "a column “Description”"
    else:
        return
    raise NoSuchColumn(
        f"This file needs {missing}. Put these words in its first line and choose it again. "
        f"The first line of this file reads: {seen}."
    )
