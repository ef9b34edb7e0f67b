"""The bank pages' blueprint, and how addresses find a line, a match or a statement."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from booking.domain.ledger import EntryKind
from booking.domain.permissions import Scope
from booking.money.bank import queries
from booking.money.bank.forms import kinds_for
from booking.money.bank.models import BankLine, BankMatch, BankStatement
from booking.money.fund.routes import by_hand

bank = Blueprint("bank", __name__, url_prefix="/fund/bank")


def load_line(**url_parts: Any) -> BankLine | None:
    """Return the line at an address."""
    return queries.line_by_public_id(url_parts["public_id"])


@dataclass(frozen=True)
class Missing:
    """A line, and the kind of entry that is missing from the ledger."""

    line: BankLine
    kind: EntryKind


def load_missing(**url_parts: Any) -> Missing | None:
    """Return the line at an address and the kind of entry, if the line can be of that kind."""
    line = load_line(**url_parts)
    kind = by_hand.BY_ADDRESS.get(url_parts["kind"])
    if line is None or kind is None or kind not in kinds_for(line):
        return None
    return Missing(line, kind)


def load_match(**url_parts: Any) -> BankMatch | None:
    """Return the match at an address."""
    return queries.match_by_public_id(url_parts["public_id"])


def load_statement(**url_parts: Any) -> BankStatement | None:
    """Return the statement at an address."""
    return queries.statement_by_public_id(url_parts["public_id"])


@dataclass(frozen=True)
class StatementFile:
    """A statement, and the kind of file wanted."""

    statement: BankStatement
    ending: str


def load_statement_file(**url_parts: Any) -> StatementFile | None:
    """Return the statement at an address and the ending of the file."""
    found = load_statement(**url_parts)
    return StatementFile(found, url_parts["ending"]) if found else None


def network_wide(_subject: Any) -> Scope:
    """Return the scope of everything at the bank: it belongs to no school."""
    return Scope()
