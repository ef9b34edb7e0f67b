"""The words for kinds, funds, accounts and entries on the fund's pages."""

from flask import Flask

from booking.domain import ledger
from booking.domain.ledger import EntryKind, Fund
from booking.money.fund import queries
from booking.money.fund.models import Entry
from booking.money.fund.statements import cell_text


def entry_pence(entry: Entry) -> int:
    """Return how large an entry is, in pence."""
    lines = (ledger.DraftLine(line.account, line.fund, line.pence) for line in entry.lines)
    return ledger.amount(lines)


def entry_funds(entry: Entry) -> str:
    """Return the funds that an entry touches, in words."""
    touched = {line.fund for line in entry.lines}
    in_order = [*(fund for fund in Fund if fund in touched), *sorted(touched - {*Fund})]
    return ", ".join(map(fund_name, in_order))


def kind_name(kind: str) -> str:
    """Return the name of a kind of entry."""
    return ledger.KIND_NAMES[EntryKind(kind)]


def fund_name(fund: Fund) -> str:
    """Return the name of a fund."""
    return queries.fund_title(fund)


def account_name(name: str) -> str:
    """Return the name of an account."""
    return ledger.accounts.title(name)


def init_app(app: Flask) -> None:
    """Make these available to templates as filters."""
    for words in (entry_pence, entry_funds, kind_name, fund_name, account_name, cell_text):
        app.add_template_filter(words)
