"""Bank statements, imported by the service."""

import hashlib
from collections.abc import Sequence
from datetime import date

from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.money.bank import service as bank
from booking.money.bank.imports.carried import Carried
from booking.money.bank.imports.statement import StatementLine
from booking.money.bank.models import BankStatement
from tests.builders.fund import unit
from tests.builders.rewritten import rewritten

#: A line as a test writes it: day, words, pence.
Line = tuple[date, str, int]


def lines(rows: Sequence[Line]) -> tuple[StatementLine, ...]:
    """Return lines as if they had been read from a file."""
    return tuple(
        StatementLine(number, on, pence, words)
        for number, (on, words, pence) in enumerate(rows, start=2)
    )


@rewritten
def make_statement(
    *rows: Line, opening_pence: int = 0, closing_pence: int | None = None
) -> BankStatement:
    """Import a statement; it closes with its opening balance plus its lines unless given."""
    total = sum(pence for _, _, pence in rows)
    digest = hashlib.sha256(repr(rows).encode()).hexdigest()
    closing = opening_pence + total if closing_pence is None else closing_pence
    with unit():
        return bank.import_statement(
            actor=COMMAND,
            now=clock.now(),
            carried=Carried("bank.csv", digest, lines(rows)),
            closing_pence=closing,
        )


def as_csv(*rows: Line) -> bytes:
    """Return the lines as a file from a bank that exports no balances."""
    written = [f'{on:%d/%m/%Y},"{words}",{pence / 100:.2f}' for on, words, pence in rows]
    return "\r\n".join(["Date,Description,Amount", *written]).encode()
