"""Forms about invoices: money received for one."""

from wtforms import DateField
from wtforms.validators import InputRequired

from booking.domain.ledger import accounts
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField
from booking.foundation.web.once import Sending
from booking.money.fund.forms import AMOUNT, account_field


class RaiseForm(Form):
    """Billing schools for an event: nothing to fill in."""


class PaidForm(Form):
    """Money from a school."""

    sending = Sending.KEY
    pence = MoneyField("Amount received", [AMOUNT])
    account = account_field("Received in", (accounts.BANK, accounts.CASH))
    paid_on = DateField("Received on", [InputRequired("Enter the date.")], default=clock.today)
