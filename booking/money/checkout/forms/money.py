"""What families pay and schools record: contributions, charges, cash, cheques and refunds."""

from collections.abc import Sequence
from typing import Any, Protocol

from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from booking.domain import money
from booking.foundation.web.forms import CheckboxesField, Form, MoneyField, no_line_breaks
from booking.foundation.web.once import Sending
from booking.money.checkout.forms.fields import longest
from booking.money.checkout.models import Choice
from booking.money.payments.models import Method

REFERENCE_MAX, REASON_MAX = 60, 200
SUGGESTED, ANOTHER, NOT_THIS_TIME = "suggested", "another", "not_this_time"


class Payable(Protocol):
    """Something still to be paid, as a form shows it."""

    @property
    def key(self) -> str:
        """The form's key for it."""

    @property
    def label(self) -> str:
        """The words for it."""

    @property
    def amount_pence(self) -> int:
        """The amount."""

    @property
    def voluntary(self) -> bool:
        """Whether it is a contribution."""


class ContributionForm(Form):
    """Which of three equal buttons was pressed."""

    choice: Any = RadioField(
        "Your choice",
        choices=[SelectChoice(each, each) for each in (SUGGESTED, ANOTHER, NOT_THIS_TIME)],
        validators=[InputRequired("Choose one of the three answers.")],
    )
    amount: Any = MoneyField("Another amount, in pounds")

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate the answer; only one of the three needs an amount."""
        if self.choice.data == ANOTHER:
            self.amount.validators = [InputRequired("Enter an amount, such as 5 or 5.50.")]
        return bool(super().validate(extra_validators))


class TogetherForm(Form):
    """Which of a family's places to pay for at once. The choices depend on the family."""

    charges: Any = CheckboxesField("Charges", validate_choice=False)
    contributions: Any = CheckboxesField("Voluntary contributions", validate_choice=False)

    @classmethod
    def of(cls, items: Sequence[Payable], **facts: Any) -> "TogetherForm":
        """Return the form for everything still to be paid."""
        form = cls(**facts)
        for field, voluntary in ((form.charges, False), (form.contributions, True)):
            field.choices = [
                SelectChoice(item.key, f"{item.label}, {money.pounds(item.amount_pence)}")
                for item in items
                if item.voluntary is voluntary
            ]
        # "(optional)" beside a charge would be untrue; a tick only says when to pay it.
        form.charges.flags.required = True
        return form

    @property
    def ticked(self) -> set[str]:
        """Return the keys that were ticked."""
        return {*(self.charges.data or ()), *(self.contributions.data or ())}


class MoneyForm(Form):
    """Money that was paid to the school."""

    sending = Sending.KEY
    method: Any = SelectField(
        "How it was paid",
        choices=[
            SelectChoice(Method.CASH.value, "Cash"),
            SelectChoice(Method.CHEQUE.value, "Cheque"),
            SelectChoice(Method.BANK_TRANSFER.value, "Bank transfer"),
        ],
        validators=[InputRequired("Choose how it was paid.")],
    )
    amount: Any = MoneyField("Amount", validators=[InputRequired("Enter an amount, such as 6.")])
    reference: Any = StringField(
        "Cheque number or transfer reference",
        validators=[longest(REFERENCE_MAX), no_line_breaks],
    )


class RefundForm(Form):
    """Money to refund, and why."""

    sending = Sending.KEY
    amount: Any = MoneyField("Amount", validators=[InputRequired("Enter an amount, such as 6.")])
    reason: Any = StringField(
        "Reason for the refund",
        validators=[
            InputRequired("Give a reason for the refund. The parent will read it."),
            longest(REASON_MAX),
            no_line_breaks,
        ],
    )


class ChoiceForm(Form):
    """The button that a family pressed."""

    choice: Any = RadioField(
        "What would you like?",
        choices=[SelectChoice(value.value, value.value) for value in Choice],
        validators=[InputRequired("Choose one of the two, or close this page.")],
    )
    refund: Any = HiddenField(validators=[InputRequired("Open the page again.")])
