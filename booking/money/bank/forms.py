"""The treasurer's forms about the bank: a file, its confirmation, and a missing entry."""

from typing import Any

from wtforms import HiddenField
from wtforms.validators import InputRequired

from booking.domain import ledger, money
from booking.domain.ledger import EntryKind
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField
from booking.money.bank.imports import cells
from booking.money.bank.models import BankLine
from booking.money.fund import ports as fund_ports
from booking.money.fund import queries as fund_queries
from booking.money.fund.forms import Choices, EntryForm, entry_form

#: What the bank line already says, so that nobody fills it in again.
DECIDED = ("pence", "account")
#: What can be missing from the ledger when money came in, and when it went out.
KINDS_IN = (EntryKind.GRANT, EntryKind.CASH_BANKED, EntryKind.PAYOUT)
KINDS_OUT = (EntryKind.ADMIN_COST, EntryKind.EVENT_COST, EntryKind.SPEAKER, EntryKind.SUBSIDY)


class BalanceField(MoneyField):
    """An account's balance, which is below zero if it is overdrawn."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else money.pounds(self.data).replace("£", "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read pounds into pence, keeping what was typed if it is not an amount."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = cells.amount(valuelist[0])
        except cells.CellNotAnAmount as error:
            raise ValueError(str(error)) from error


class StatementYesForm(Form):
    """The confirmation of a preview, with the lines that it showed."""

    lines = HiddenField()
    closing = BalanceField(
        "Balance at the end of this statement",
        [InputRequired("Enter the balance that the bank shows after the last of these lines.")],
        description="As your bank shows it, with a minus if the account is overdrawn.",
    )


class PlainForm(Form):
    """A form with boxes to tick, or just a button."""


def kinds_for(line: BankLine) -> tuple[EntryKind, ...]:
    """Return the kinds of entry that a line can be, by which way the money went."""
    if line.brought_forward:
        return (EntryKind.OPENING_BALANCE,)
    if line.pence < 0:
        return KINDS_OUT
    cards = fund_ports.has_card_money()
    return tuple(kind for kind in KINDS_IN if cards or kind is not EntryKind.PAYOUT)


def missing_form(
    kind: EntryKind, line: BankLine, *, events: Choices, schools: Choices, fund_choices: Choices
) -> EntryForm:
    """Return the form for one kind of entry, without what the bank line already says."""
    today = clock.today()
    counts_on = ledger.day_of_fact(line.moved_on, fund_queries.closed_until(), today)
    facts: dict[str, Any] = {"entered_on": counts_on}
    form = entry_form(kind, events=events, schools=schools, fund_choices=fund_choices, **facts)
    for name in DECIDED:
        if name in form:
            del form[name]
    return form
