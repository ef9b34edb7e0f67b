"""Input about invoices: money that came for one, and why one is cancelled."""

from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

from booking.domain.ledger import accounts
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField
from booking.money.fund.forms import AMOUNT, account_field


class RaiseForm(Form):
    """Billing the schools of an event: nothing to fill in."""


class PaidForm(Form):
    """Money from a school."""

    pence = MoneyField("Amount that came", [AMOUNT])
    account = account_field("Where it came to", (accounts.BANK, accounts.CASH))
    paid_on = DateField("When it came", [InputRequired("Enter the date.")], default=clock.today)


class CancelInvoiceForm(Form):
    """An invoice that was wrong."""

    reason = TextAreaField(
        "Why is it cancelled?",
        [
            InputRequired("Say why: the school and the auditor read it."),
            Length(max=500, message="Shorten this to 500 characters."),
        ],
    )
