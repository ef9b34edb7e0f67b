"""The treasurer's forms: entries made by hand, a reversal, the closing of an event or year."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask import flash
from wtforms import BooleanField, DateField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from booking.domain import funds
from booking.domain.ledger import EntryKind, Fund, accounts
from booking.domain.reasons import ReasonMissing
from booking.foundation import clock
from booking.foundation.web.forms import Form, MoneyField, Refusals
from booking.foundation.web.once import Sending
from booking.money.fund import ports, refusals
from booking.money.fund.details import FundDetails
from booking.money.fund.models import Decision

WORDS_MAX = 200
Choices = Sequence[tuple[str, str]]

AMOUNT = InputRequired("Enter an amount in pounds, like 60 or 60.50.")
SHORT = Length(max=WORDS_MAX, message=f"Shorten this to {WORDS_MAX} characters.")
EXPLAINED = "Do not name a pupil: the ledger is kept for years, and others read it."


def choice_field(
    label: str,
    validators: Sequence[Any] = (),
    refusal: str = "Choose one from the list.",
    **options: Any,
) -> SelectField:
    """Return a choice; anything not in the list is refused in plain words."""
    return SelectField(label, validators, invalid_choice_message=refusal, **options)


def account_field(label: str, names: Sequence[str]) -> SelectField:
    """Return a choice of the accounts that hold money."""
    choices = [SelectChoice(name, accounts.NAMES[name]) for name in names]
    refusal = "The ledger has no such account. Choose one from the list."
    return choice_field(
        label, [InputRequired(refusal)], choices=choices, default=names[0], refusal=refusal
    )


def fund_field(label: str, default: Fund) -> SelectField:
    """Return a choice of funds; `entry_form` says which."""
    return choice_field(label, [InputRequired("Choose the fund.")], default=default.value)


class EntryForm(Form):
    """The fields of every entry made by hand."""

    sending = Sending.KEY
    entered_on = DateField("Date", [InputRequired("Enter the date.")], default=clock.today)

    def facts(self) -> dict[str, Any]:
        """Return what was filled in, under the names of a HandEntry."""
        given = {
            name: "" if field.data is None else field.data
            for name, field in self._fields.items()
            if name in FACTS
        }
        for name in FUND_FIELDS & given.keys():
            given[name] = Fund(given[name])
        return given


#: The form fields that have the same name in a HandEntry.
FACTS = frozenset(
    {
        "entered_on",
        "pence",
        "fund",
        "target",
        "account",
        "description",
        "event",
        "school",
        "reason",
    }
)
FUND_FIELDS = frozenset({"fund", "target"})
PAID_FROM = ("Paid from", (accounts.BANK, accounts.CASH))


class MoveForm(Form):
    """A cost that belongs to another event."""

    event = choice_field("The right event", [InputRequired("Choose the event.")])
    #: Not "reason", which a reversal on the same page asks for.
    why = TextAreaField("Reason", [InputRequired("Give a reason."), SHORT])


class EventCostForm(EntryForm):
    """One of an event's costs."""

    event = choice_field("Event", [InputRequired("Choose the event.")])
    pence = MoneyField("Amount", [AMOUNT])
    description = StringField(
        "What it was for", [InputRequired("Say what this was for."), SHORT], description=EXPLAINED
    )
    fund = fund_field("Paid by the fund", Fund.EVENTS)
    account = account_field(*PAID_FROM)


class SpeakerForm(EntryForm):
    """A speaker's fee."""

    pence = MoneyField("Amount", [AMOUNT])
    description = StringField(
        "Speaker and topic", [InputRequired("Say who spoke and on what."), SHORT]
    )
    fund = fund_field("Paid by the fund", Fund.CPD)
    event = choice_field("Event", description="Only if the speaker came for one event.")
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
        "Who gave it, and what for", [InputRequired("Say who gave it."), SHORT]
    )
    fund = fund_field("Fund it is for", Fund.CPD)
    account = account_field("Paid into", (accounts.BANK, accounts.CASH))


class OpeningBalanceForm(EntryForm):
    """What an account held when the books were started."""

    account = account_field("Account", accounts.MONEY)
    #: The field of each fund; `with_funds` adds them.
    field_funds: Mapping[str, Fund] = {}

    @classmethod
    def with_funds(cls, choices: Choices) -> "type[OpeningBalanceForm]":
        """Return the form with an amount for each fund."""
        by_name = {
            (slug if funds.is_built_in(Fund(slug)) else f"fund-{slug}"): (Fund(slug), title)
            for slug, title in choices
        }
        fields = {name: MoneyField(title, [Optional()]) for name, (_, title) in by_name.items()}
        known = {name: fund for name, (fund, _) in by_name.items()}
        return type(cls.__name__, (cls,), {**fields, "field_funds": known})

    def facts(self) -> dict[str, Any]:
        """Return the funds' amounts together."""
        amounts = {fund: self._fields[name].data or 0 for name, fund in self.field_funds.items()}
        return {**super().facts(), "amounts": amounts}


class TransferForm(EntryForm):
    """Money moved from one fund to another."""

    pence = MoneyField("Amount", [AMOUNT])
    fund = fund_field("From fund", Fund.EVENTS)
    target = fund_field("To fund", Fund.CPD)
    account = account_field("Where the money is", accounts.MONEY)
    reason = StringField(
        "Why, and who decided",
        [InputRequired("Say why the money is being moved, and who decided."), SHORT],
        description=EXPLAINED,
    )


class CashBankedForm(EntryForm):
    """Cash taken to the bank."""

    pence = MoneyField("Amount", [AMOUNT])


class PayoutForm(EntryForm):
    """What the card processor paid into the bank account."""

    pence = MoneyField("Amount on the bank statement", [AMOUNT])
    reason = StringField(
        "Reason, if it is more than the ledger expects", [SHORT], description=EXPLAINED
    )


FORMS: Mapping[EntryKind, type[EntryForm]] = {
    EntryKind.EVENT_COST: EventCostForm,
    EntryKind.SPEAKER: SpeakerForm,
    EntryKind.SUBSIDY: SubsidyForm,
    EntryKind.ADMIN_COST: AdminCostForm,
    EntryKind.GRANT: GrantForm,
    EntryKind.TRANSFER: TransferForm,
    EntryKind.OPENING_BALANCE: OpeningBalanceForm,
    EntryKind.CASH_BANKED: CashBankedForm,
    EntryKind.PAYOUT: PayoutForm,
}


def entry_form(
    kind: EntryKind, *, events: Choices, schools: Choices, fund_choices: Choices, **defaults: Any
) -> EntryForm:
    """Return the form for one kind of entry, with its choices and what is already known."""
    form_class = FORMS[kind]
    if issubclass(form_class, OpeningBalanceForm):
        form_class = form_class.with_funds(fund_choices)
    form = form_class(**defaults)
    for name in FUND_FIELDS & form._fields.keys():
        form[name].choices = [SelectChoice(*choice) for choice in fund_choices]
    if "account" in form and not ports.has_card_money():
        form["account"].choices = [
            each for each in form["account"].choices if each.value != accounts.CARD_CLEARING
        ]
    if "event" in form:
        needed = form["event"].flags.required
        form["event"].choices = _choices("Choose an event" if needed else "No event", events)
    if "school" in form:
        form["school"].choices = _choices("Choose a school", schools)
    return form


def _choices(none_words: str, choices: Choices) -> list[SelectChoice]:
    return [SelectChoice("", none_words), *(SelectChoice(*choice) for choice in choices)]


class ReasonForm(Form):
    """Why an entry is being reversed."""

    reason = TextAreaField(
        "Reason",
        [
            InputRequired("Give a reason that somebody will still understand years later."),
            Length(max=500, message="Shorten this to 500 characters."),
        ],
        description=EXPLAINED,
    )


#: Why something is not undone, and the field that each reason stands beside.
UNDO_REFUSALS: Refusals = {
    ReasonMissing: "reason",
    refusals.NotUndoable: "",
    refusals.AlreadyAsked: "",
    refusals.NobodyToDecide: "",
}
ASKED = "A second person has been asked. Nothing changes until they agree."


class UndoForm(ReasonForm):
    """Why something that a page recorded is undone there."""

    def undone(self, act: Callable[[str], object], words: str) -> bool:
        """Undo it for the reason given, and say how it went; a second person may come first."""
        done = self.carry_out(lambda: act(self.reason.data or ""), UNDO_REFUSALS)
        if done is None:
            return False
        waits = isinstance(done.result, Decision)
        flash(ASKED if waits else words, "success")
        return True


class ClosingForm(Form):
    """The closing of an event; a deficit needs a reason for the lead."""

    reason = TextAreaField(
        "Why administration should meet the deficit",
        [Length(max=500, message="Shorten this to 500 characters.")],
    )


class FundForm(Form):
    """One of the network's funds."""

    title = StringField("Name of the fund", [InputRequired("Give the fund a name."), SHORT])
    purpose = StringField(
        "What its money is for", [InputRequired("Say what the fund’s money is for."), SHORT]
    )
    restricted = BooleanField(
        "The money was given for this purpose only",
        description="A restricted fund: its money cannot be moved to another fund.",
    )

    def details(self) -> FundDetails:
        """Return what was filled in."""
        return FundDetails(self.title.data or "", self.purpose.data or "", self.restricted.data)


class LedgerRulesForm(Form):
    """What the lead sets for the treasurer."""

    alone_up_to_pence = MoneyField("The most that one person can pay or reverse alone", [AMOUNT])


class RefusalForm(Form):
    """Why the second person refuses."""

    answer = TextAreaField(
        "Reason for refusing",
        [
            InputRequired("Give a reason, so that the person who asked knows what to do next."),
            Length(max=500, message="Shorten this to 500 characters."),
        ],
    )


class YearForm(Form):
    """The closing of a school year."""

    accepted = BooleanField("I have looked at the open points and accept them")
