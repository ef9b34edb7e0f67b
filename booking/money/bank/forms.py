"""Input of the treasurer about the bank: a file, the yes to it, and the entry that is missing."""

from typing import Any

from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField
from wtforms.validators import InputRequired

from booking.domain import ledger, money
from booking.domain.ledger import EntryKind
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField
from booking.money.bank.imports import cells
from booking.money.bank.models import BankLine
from booking.money.fund import queries as fund_queries
from booking.money.fund.forms import Choices, EntryForm, entry_form

#: What a bank line decides, so that nobody fills it in again.
DECIDED = ("reference", "pence", "account")
#: What can be missing in the ledger when money came, and when it went.
KINDS_IN = (EntryKind.GRANT, EntryKind.CASH_BANKED, EntryKind.PAYOUT)
KINDS_OUT = (EntryKind.ADMIN_COST, EntryKind.EVENT_COST, EntryKind.SPEAKER, EntryKind.SUBSIDY)


class BalanceField(MoneyField):
    """What an account holds: below zero when it is overdrawn."""

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else money.pounds(self.data).replace("£", "")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read pounds into pence, keeping what was typed when it is not an amount."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = cells.amount(valuelist[0])
        except cells.CellNotAnAmount as error:
            raise ValueError(str(error)) from error


class StatementFileForm(Form):
    """The statement that the bank exported."""

    file = FileField("Statement as CSV", [FileRequired("Choose the file that your bank exported.")])


class StatementYesForm(Form):
    """The yes to a preview, with the lines that it showed."""

    lines = HiddenField()
    closing = BalanceField(
        "Balance at the end of this statement",
        [InputRequired("Enter the balance that the bank shows after the last of these lines.")],
        description="As your bank shows it. With a minus if the account is overdrawn.",
    )


class PlainForm(Form):
    """A form of boxes to tick, or of a button alone."""


def kinds_for(line: BankLine) -> tuple[EntryKind, ...]:
    """Return the kinds of entry that can be behind a line, by which way the money went."""
    if line.brought_forward:
        return (EntryKind.OPENING_BALANCE,)
    return KINDS_IN if line.pence > 0 else KINDS_OUT


def missing_form(
    kind: EntryKind, line: BankLine, *, events: Choices, schools: Choices, fund_choices: Choices
) -> EntryForm:
    """Return the form of one kind of entry without what the bank has decided already."""
    today = clock.today()
    counts_on = ledger.day_of_fact(line.moved_on, fund_queries.closed_until(), today)
    facts: dict[str, Any] = {"entered_on": counts_on}
    form = entry_form(kind, events=events, schools=schools, fund_choices=fund_choices, **facts)
    for name in DECIDED:
        if name in form:
            del form[name]
    return form
