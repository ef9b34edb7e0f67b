"""Forms about invoices: one written by hand, and money received for one."""

from collections.abc import Sequence
from typing import Any

from wtforms import DateField, FieldList, FormField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from booking.days.events.forms.rows import RowForm, needed
from booking.domain import invoicing
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField
from booking.foundation.web.once import Sending
from booking.money.fund.forms import AMOUNT, EXPLAINED, SHORT, account_field, choice_field
from booking.money.invoices.details import WrittenInvoice
from booking.people.schools.models import School

#: Where the income of an invoice goes, in words.
INCOME = (
    (accounts.SUBSCRIPTIONS, "A subscription: what a school pays to belong to the network"),
    (
        accounts.SCHOOL_PAYMENTS,
        "Something that the school had: a day, a room, materials, transport",
    ),
    (accounts.GRANTS, "A grant or a gift that the school has promised"),
)
EVERY_SCHOOL = "all"
LINES_SHOWN, LINES_MAX = 4, 12


class RaiseForm(Form):
    """Billing schools for an event: nothing to fill in."""


class RemindForm(Form):
    """Reminding a school of an invoice: nothing to fill in."""


class LineRow(RowForm):
    """A line of an invoice."""

    typed = ("label", "pence")
    label = StringField("For", [needed("Say what this line is for."), SHORT])
    pence = MoneyField("Amount", [needed("Enter an amount, like 60 or 60.50.")])


class WriteForm(Form):
    """An invoice by hand, to one school or to all of them."""

    sending = Sending.KEY
    title = StringField(
        "What the invoice is for",
        [InputRequired("Say what the invoice is for."), SHORT],
        description="Schools read this first, such as “Subscription 2026/27”. A school gets one "
        f"invoice with this title in a school year. {EXPLAINED}",
    )
    school = choice_field("Which school", [InputRequired("Choose the school, or all of them.")])
    lines = FieldList(
        FormField(LineRow, "Line"), label="Lines", min_entries=LINES_SHOWN, max_entries=LINES_MAX
    )
    income = RadioField(
        "What kind of income it is",
        [InputRequired("Choose what kind of income it is.")],
        choices=[SelectChoice(*each) for each in INCOME],
        invalid_choice_message="Choose what kind of income it is.",
    )
    fund = choice_field("Which fund it belongs to", [InputRequired("Choose the fund.")])
    due_on = DateField("Due by", [InputRequired("Enter the day by which it is to be paid.")])

    def offer(self, schools: Sequence[School], funds: Sequence[tuple[str, str]]) -> None:
        """Let the treasurer choose between these schools and funds."""
        every = (EVERY_SCHOOL, f"Every school of the network ({len(schools):,})")
        names = [(school.slug, school.name) for school in schools]
        choices = [("", "Choose"), every, *names]
        self.school.choices = [SelectChoice(*each) for each in choices]
        self.fund.choices = [SelectChoice(*each) for each in funds]
        if not self.is_submitted():
            self.fund.data = Fund.ADMIN.value
            self.due_on.data = invoicing.due_on(clock.today())

    def schools(self, all_schools: Sequence[School]) -> list[School]:
        """Return the schools that were chosen."""
        chosen = self.school.data
        return [each for each in all_schools if chosen in {EVERY_SCHOOL, each.slug}]

    def written(self) -> WrittenInvoice:
        """Return what was written."""
        assert self.due_on.data is not None, "the form asks for it"
        rows: list[Any] = [row.form for row in self.lines if not row.form.is_empty]
        return WrittenInvoice(
            title=self.title.data or "",
            lines=tuple((row.label.data or "", row.pence.data or 0) for row in rows),
            income=self.income.data,
            fund=Fund(self.fund.data),
            due_on=self.due_on.data,
        )


class PaidForm(Form):
    """Money from a school."""

    sending = Sending.KEY
    pence = MoneyField("Amount received", [AMOUNT])
    account = account_field("Received in", (accounts.BANK, accounts.CASH))
    paid_on = DateField("Received on", [InputRequired("Enter the date.")], default=clock.today)


class CreditBackForm(Form):
    """What is given back to a school that paid too much."""

    sending = Sending.KEY
    pence = MoneyField("Amount given back", [AMOUNT])
    account = account_field("Given back from", (accounts.BANK, accounts.CASH))
    paid_on = DateField("Given back on", [InputRequired("Enter the date.")], default=clock.today)
