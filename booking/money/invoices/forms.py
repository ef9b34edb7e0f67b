"""Forms about invoices: money received, and why one is cancelled."""

from wtforms import DateField, TextAreaField
from wtforms.validators import InputRequired, Length

from booking.domain.ledger import accounts
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField
from booking.money.fund.forms import AMOUNT, account_field


class RaiseForm(Form):
    """Billing schools for an event: nothing to fill in."""


class PaidForm(Form):
    """Money from a school."""

    pence = MoneyField("Amount received", [AMOUNT])
    account = account_field("Received in", (accounts.BANK, accounts.CASH))
    paid_on = DateField("Received on", [InputRequired("Enter the date.")], default=clock.today)


class CancelInvoiceForm(Form):
    """An invoice that was wrong."""

    reason = TextAreaField(
        "Reason for cancelling",
        [
            InputRequired("Give a reason. The school and the auditor will read it."),
            Length(max=500, message="Shorten this to 500 characters."),
        ],
    )
