"""What parents and schools fill in: consent, needs, amounts, paper slips, cash and cheques."""

from collections.abc import Sequence
from typing import Any, Protocol

from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TelField,
    TextAreaField,
    widgets,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, StopValidation

from booking.domain import money
from booking.domain.needs import (
    COLLECTION_WORDS,
    DIET_WORDS,
    PHOTO_WORDS,
    Collection,
    Diet,
    PhotoPermission,
)
from booking.foundation import contacts
from booking.foundation.web.forms import Form, MoneyField, no_line_breaks
from booking.foundation.web.once import Sending
from booking.money.checkout.models import Choice
from booking.money.payments.models import Method

HEALTH_MAX, ACCESS_MAX, NAME_MAX, REFERENCE_MAX, REASON_MAX = 500, 200, 80, 60, 200
#: As a family reads them: the host is told to ask the school, but the family is not.
DIETS = {**DIET_WORDS, Diet.OTHER: "Something else: the school will ask you"}
SUGGESTED, ANOTHER, NOT_THIS_TIME = "suggested", "another", "not_this_time"


def _longest(most: int) -> Length:
    return Length(max=most, message=f"Keep this to {most} characters or fewer.")


class Telephone:
    """Read a telephone number as typed in England and store it as "+44…"."""

    def __call__(self, form: Any, field: Any) -> None:
        """Replace what was typed with its standard form, or say what to type."""
        try:
            field.data = contacts.e164(field.data or "")
        except contacts.NotAPhone as error:
            raise StopValidation(str(error)) from error


class CheckboxesField(SelectMultipleField):
    """Several checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


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


class ConsentForm(Form):
    """The parent's name, as their signature."""

    given_by: Any = StringField(
        "Type your full name to give consent",
        validators=[
            InputRequired("Type your full name to give consent."),
            _longest(NAME_MAX),
            no_line_breaks,
        ],
    )
    #: The digest of the event on the page that was read.
    read: Any = HiddenField()


class StillFineForm(Form):
    """The digest of what a page said about the event, to be agreed to by one button."""

    read = HiddenField()


class StillFineOnPaperForm(StillFineForm):
    """What a parent answered on paper, or told the school, about an event that has moved."""

    agreed: Any = RadioField(
        "What does the parent say?",
        choices=[
            SelectChoice("yes", "Yes: still fine"),
            SelectChoice("no", "No: the place is given back"),
        ],
        validators=[InputRequired("Choose what the parent says.")],
    )
    given_by: Any = StringField(
        "Name of the parent",
        validators=[
            InputRequired("Enter the name of the parent."),
            _longest(NAME_MAX),
            no_line_breaks,
        ],
    )


class NeedsForm(Form):
    """Health, access and food."""

    health: Any = TextAreaField(
        "Is there anything that could become an emergency?", validators=[_longest(HEALTH_MAX)]
    )
    forget_health: Any = BooleanField("Delete what I wrote earlier")
    access: Any = StringField(
        "What would make the day easier?", validators=[_longest(ACCESS_MAX), no_line_breaks]
    )
    diets: Any = CheckboxesField(
        "Food", choices=[SelectChoice(diet.value, words) for diet, words in DIETS.items()]
    )

    def chosen_diets(self) -> list[Diet]:
        """Return the codes that were ticked."""
        return [Diet(value) for value in self.diets.data or []]

    def health_text(self) -> str | None:
        """Return what is new: a text, "" to delete the old one, None to keep it."""
        if self.health.data:
            return str(self.health.data)
        return "" if self.forget_health.data else None


class DayForm(Form):
    """Photos, getting home, and whom to ring."""

    photo: Any = RadioField(
        "Photos",
        choices=[SelectChoice(each.value, words) for each, words in PHOTO_WORDS.items()],
        default=PhotoPermission.NONE.value,
        validators=[InputRequired("Choose what applies to photos.")],
    )
    collection: Any = RadioField(
        "At the end of the day",
        choices=[SelectChoice(each.value, words) for each, words in COLLECTION_WORDS.items()],
        default=Collection.SCHOOL.value,
        validators=[InputRequired("Choose how your child will go home.")],
    )
    collected_by: Any = StringField(
        "Who will collect your child, if a named adult does",
        validators=[_longest(NAME_MAX), no_line_breaks],
    )
    emergency_name: Any = StringField(
        "Name of somebody we can ring in an emergency",
        validators=[
            InputRequired("Enter the name of somebody we can ring in an emergency."),
            _longest(NAME_MAX),
            no_line_breaks,
        ],
    )
    emergency_phone: Any = TelField(
        "Their telephone number",
        validators=[InputRequired("Enter a telephone number for an emergency."), Telephone()],
    )

    @classmethod
    def filled(cls, *, emergency_phone: str, **before: Any) -> "DayForm":
        """Return the form as answered before, with the number as people read it out."""
        phone = contacts.readable_phone(emergency_phone)
        return cls(formdata=None, data={**before, "emergency_phone": phone})

    def facts(self) -> dict[str, Any]:
        """Return the answers as the service takes them."""
        return {
            "photo": PhotoPermission(self.photo.data),
            "collection": Collection(self.collection.data),
            "collected_by": self.collected_by.data or "",
            "emergency_name": self.emergency_name.data,
            "emergency_phone": self.emergency_phone.data,
        }


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


class PaperForm(NeedsForm, DayForm):
    """A paper slip, typed in by the school."""

    agreed: Any = RadioField(
        "What does the slip say?",
        choices=[
            SelectChoice("yes", "Yes: the pupil will take part"),
            SelectChoice("no", "No: the pupil will not come"),
        ],
        validators=[InputRequired("Choose what the slip says.")],
    )
    given_by: Any = StringField(
        "Name of the parent who signed",
        validators=[
            InputRequired("Enter the name of the parent who signed."),
            _longest(NAME_MAX),
            no_line_breaks,
        ],
    )

    read: Any = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given_by", "agreed"):  # asked first, so corrected first
            self._fields.move_to_end(name, last=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate a slip; one that says no needs nothing else."""
        if self.agreed.data == "no":
            names = set(self._fields) - {"agreed", "given_by", "csrf_token"}
            for name in names:
                self._fields[name].validators = [Optional()]
        return bool(super().validate(extra_validators))


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
        validators=[_longest(REFERENCE_MAX), no_line_breaks],
    )


class RefundForm(Form):
    """Money to refund, and why."""

    sending = Sending.KEY
    amount: Any = MoneyField("Amount", validators=[InputRequired("Enter an amount, such as 6.")])
    reason: Any = StringField(
        "Reason for the refund",
        validators=[
            InputRequired("Give a reason for the refund. The parent will read it."),
            _longest(REASON_MAX),
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
