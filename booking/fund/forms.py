"""Input of the treasurer: entries made by hand, a reversal, the closing of an event."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from booking import clock
from booking.domain import funds
from booking.domain.ledger import Fund, Kind, accounts
from booking.tokens import new_public_id
from booking.web.forms import Form, MoneyField

WORDS_MAX = 200
Choices = Sequence[tuple[str, str]]

AMOUNT = InputRequired("Enter an amount in pounds, like 60 or 60.50.")
SHORT = Length(max=WORDS_MAX, message=f"Shorten this to {WORDS_MAX} characters.")
EXPLAINED = "Do not name a pupil: the ledger is kept for years, and others read it."


class DayField(DateField):
    """A date, refused in plain words."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what a date field sends; an empty one is for InputRequired to refuse."""
        self.data = None
        if not valuelist or not valuelist[0]:
            return
        try:
            self.data = date.fromisoformat(valuelist[0])
        except ValueError as error:
            raise ValueError("Enter a date, such as 12/06/2027.") from error


def choice_field(
    label: str,
    validators: Sequence[Any] = (),
    refusal: str = "Choose one of the list.",
    **options: Any,
) -> SelectField:
    """Return a choice; what is not in the list is refused in plain words."""
    return SelectField(label, validators, invalid_choice_message=refusal, **options)


def account_field(label: str, names: Sequence[str]) -> SelectField:
    """Return a choice of accounts that hold money."""
    choices = [SelectChoice(name, accounts.NAMES[name]) for name in names]
    refusal = "The ledger has no such account. Choose one of the list."
    return choice_field(
        label, [InputRequired(refusal)], choices=choices, default=names[0], refusal=refusal
    )


def fund_field(label: str, default: Fund) -> SelectField:
    """Return a choice of funds."""
    choices = [SelectChoice(fund.value, funds.NAMES[fund]) for fund in Fund]
    chosen = [InputRequired("Choose the fund.")]
    return choice_field(label, chosen, choices=choices, default=default.value)


class EntryForm(Form):
    """What every entry made by hand has."""

    #: Sending the form twice records one entry.
    reference = HiddenField(default=new_public_id)
    entered_on = DayField("Date", [InputRequired("Enter the date.")], default=clock.today)

    def facts(self) -> dict[str, Any]:
        """Return what was filled in, by the names of a HandEntry."""
        given = {
            name: "" if field.data is None else field.data
            for name, field in self._fields.items()
            if name in FACTS
        }
        if "fund" in given:
            given["fund"] = Fund(given["fund"])
        return given


#: The fields of forms that a HandEntry has under the same name.
FACTS = frozenset(
    {"reference", "entered_on", "pence", "fund", "account", "description", "event", "school",
     "reason"}
)  # fmt: skip
PAID_FROM = ("Paid from", (accounts.BANK, accounts.CASH))


class EventCostForm(EntryForm):
    """A cost of an event."""

    event = choice_field("Event", [InputRequired("Choose the event.")])
    pence = MoneyField("Amount", [AMOUNT])
    description = StringField(
        "What it was for", [InputRequired("Say what this was for."), SHORT], description=EXPLAINED
    )
    fund = fund_field("Fund that pays", Fund.EVENTS)
    account = account_field(*PAID_FROM)


class SpeakerForm(EntryForm):
    """A speaker's fee."""

    pence = MoneyField("Amount", [AMOUNT])
    description = StringField(
        "Who spoke, and on what", [InputRequired("Say who spoke, and on what."), SHORT]
    )
    fund = fund_field("Fund that pays", Fund.CPD)
    event = choice_field("Event", description="Only when the speaker came for one event.")
    account = account_field(*PAID_FROM)


class SubsidyForm(EntryForm):
    """What the CPD fund pays towards a course."""

    school = choice_field("School", [InputRequired("Choose the school.")])
    pence = MoneyField("Amount", [AMOUNT])
    description = StringField(
        "Which course",
        [InputRequired("Say which course."), SHORT],
        description="Name the course, not the teacher.",
    )
    account = account_field(*PAID_FROM)


class AdminCostForm(EntryForm):
    """A cost of running the network."""

    pence = MoneyField("Amount", [AMOUNT])
    description = StringField("What it was for", [InputRequired("Say what this was for."), SHORT])
    account = account_field(*PAID_FROM)


class GrantForm(EntryForm):
    """A grant or gift."""

    pence = MoneyField("Amount", [AMOUNT])
    description = StringField(
        "From whom, and what for", [InputRequired("Say from whom it came."), SHORT]
    )
    fund = fund_field("Fund it is for", Fund.CPD)
    account = account_field("Paid into", (accounts.BANK, accounts.CASH))


class OpeningBalanceForm(EntryForm):
    """What an account held when the books began."""

    account = account_field("Account", accounts.MONEY)
    events = MoneyField("Events", [Optional()])
    admin = MoneyField("Administration", [Optional()])
    cpd = MoneyField("CPD fund", [Optional()])

    def facts(self) -> dict[str, Any]:
        """Return the amounts of the three funds as one fact."""
        amounts = {fund: self._fields[fund.value].data or 0 for fund in Fund}
        return {**super().facts(), "amounts": amounts}


class CashBankedForm(EntryForm):
    """Cash taken to the bank."""

    pence = MoneyField("Amount", [AMOUNT])


class PayoutForm(EntryForm):
    """What the card processor paid into the bank."""

    pence = MoneyField("Amount on the bank statement", [AMOUNT])
    reason = StringField(
        "Reason, if it is more than the ledger expects", [SHORT], description=EXPLAINED
    )


FORMS: Mapping[Kind, Callable[..., EntryForm]] = {
    Kind.EVENT_COST: EventCostForm,
    Kind.SPEAKER: SpeakerForm,
    Kind.SUBSIDY: SubsidyForm,
    Kind.ADMIN_COST: AdminCostForm,
    Kind.GRANT: GrantForm,
    Kind.OPENING_BALANCE: OpeningBalanceForm,
    Kind.CASH_BANKED: CashBankedForm,
    Kind.PAYOUT: PayoutForm,
}


def entry_form(kind: Kind, *, events: Choices, schools: Choices, **defaults: Any) -> EntryForm:
    """Return the form of one kind of entry, with its choices and what is known already."""
    form = FORMS[kind](**defaults)
    if "event" in form:
        needed = form["event"].flags.required
        form["event"].choices = _choices("Choose an event" if needed else "No event", events)
    if "school" in form:
        form["school"].choices = _choices("Choose a school", schools)
    return form


def _choices(none_words: str, choices: Choices) -> list[SelectChoice]:
    return [SelectChoice("", none_words), *(SelectChoice(*choice) for choice in choices)]


class ReasonForm(Form):
    """Why an entry is reversed."""

    reason = TextAreaField(
        "Reason",
        [
            InputRequired("Say why, in words that a reader will understand years later."),
            Length(max=500, message="Shorten this to 500 characters."),
        ],
        description=EXPLAINED,
    )


class ClosingForm(Form):
    """The closing of an event; a deficit needs the lead's reason."""

    reason = TextAreaField(
        "The lead’s reason for meeting the deficit",
        [Length(max=500, message="Shorten this to 500 characters.")],
    )
