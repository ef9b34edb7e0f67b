"""Forms about bids: applying, deciding, claiming, paying, withdrawing, and the rules."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import fields

from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, DateField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from booking.domain.bidding import BidKind, Rules
from booking.domain.bidding.receipts import LARGEST_BYTES
from booking.domain.ledger import accounts
from booking.domain.problems import Problem
from booking.foundation import clock
from booking.foundation.files import forms as file_forms
from booking.foundation.web.forms import Form, MoneyField, WholeNumber
from booking.foundation.web.once import Sending
from booking.money.bids.details import BidDetails, ClaimDetails
from booking.money.fund.forms import account_field
from booking.people.schools.models import School

KIND_NAMES = {BidKind.SUBSIDY: "A course for a member of staff", BidKind.SPEAKER: "A speaker"}
APPROVE, REFUSE, PAY, SEND_BACK = "approve", "refuse", "pay", "send_back"
_LINE = Length(max=120, message="Shorten this to 120 characters.")
_TEXT = Length(max=1000, message="Shorten this to 1,000 characters.")
_POUNDS = "Enter an amount in pounds, like 60 or 60.50."


class BidForm(Form):
    """A bid for CPD money."""

    school = SelectField(
        "Which school is it for?",
        [InputRequired("Choose the school.")],
        validate_choice=False,  # the service checks the school
    )
    kind = RadioField(
        "What is it for?",
        [InputRequired("Choose a course or a speaker.")],
        choices=[SelectChoice(kind, words) for kind, words in KIND_NAMES.items()],
        coerce=lambda value: value and BidKind(value),
        validate_choice=True,
    )
    title = StringField(
        "The course, or the speaker’s subject",
        [InputRequired("Enter the course or the speaker’s subject."), _LINE],
        description="Other schools will read this later, so do not name anybody.",
    )
    provider = StringField(
        "Course provider or speaker",
        [InputRequired("Enter the course provider or the speaker."), _LINE],
        description="Only your school and those who decide will read this.",
    )
    for_whom = StringField(
        "Who it is for",
        [InputRequired("Say who it is for."), _LINE],
        description="A post, such as “our mathematics lead” or “all Year 4 teachers”. No names.",
    )
    takes_place_on = DateField("When it takes place", [InputRequired("Enter the date.")])
    cost_pence = MoneyField("Total cost", [InputRequired(_POUNDS)])
    asked_pence = MoneyField("The share you are asking for", [InputRequired(_POUNDS)])
    benefit = TextAreaField(
        "How the network’s schools will benefit",
        [InputRequired("Say how other schools will benefit."), _TEXT],
        description="What will you pass on, to whom, and how?",
    )

    def __init__(self, *, schools: Sequence[School], **known: str) -> None:
        super().__init__(data={"school": schools[0].slug if schools else "", **known})
        self.school.choices = [SelectChoice(school.slug, school.name) for school in schools]

    def details(self) -> BidDetails:
        """Return what was filled in."""
        return BidDetails(**{f.name: self[f.name].data for f in fields(BidDetails)})


class DecideForm(Form):
    """Approval of an amount, or refusal with a reason."""

    decision = RadioField(
        "Your decision",
        [InputRequired("Choose whether you approve the bid.")],
        choices=[SelectChoice(APPROVE, "Approve it"), SelectChoice(REFUSE, "Do not approve it")],
    )
    pence = MoneyField("Amount to approve", [Optional()])
    reason = TextAreaField("Reason, if you do not approve it", [_TEXT])

    def show_problems(self, problems: Iterable[Problem]) -> None:
        """Show problems with the share beside the amount, which is where it is typed here."""
        for problem in problems:
            field = "pence" if problem.field == "asked_pence" else problem.field
            self.refuse(problem.words, field=field)


class ClaimForm(Form):
    """What it cost, the share that is claimed, and the receipt."""

    paid_pence = MoneyField("What it cost in the end", [InputRequired(_POUNDS)])
    pence = MoneyField("What you claim", [InputRequired(_POUNDS)])
    receipt = FileField("Receipt", [FileRequired("Choose the receipt: a PDF, JPEG or PNG.")])

    content = b""

    def validate_receipt(self, field: FileField) -> None:
        """Look for viruses in what was sent, and write a picture anew, before any transaction."""
        with closing(field.data) as file:
            self.content = file.read(LARGEST_BYTES + 1)  # a byte too many is refused by its size
        if len(self.content) <= LARGEST_BYTES:
            self.content = file_forms.made_safe(self.content)

    def claim(self) -> ClaimDetails:
        """Return what was filled in."""
        return ClaimDetails(self.paid_pence.data, self.pence.data, self.content)


class PayForm(Form):
    """The claim was paid, or what is missing from it."""

    sending = Sending.KEY
    decision = RadioField(
        "What have you done?",
        [InputRequired("Choose whether you have paid the claim.")],
        choices=[
            SelectChoice(PAY, "I have paid the school"),
            SelectChoice(SEND_BACK, "I cannot pay this, so send it back"),
        ],
    )
    account = account_field("Paid from", (accounts.BANK, accounts.CASH))
    paid_on = DateField("Paid on", [InputRequired("Enter the date.")], default=clock.today)
    reason = TextAreaField("What is missing, if you send it back", [_TEXT])


class WithdrawBidForm(Form):
    """The withdrawal of a bid that is no longer needed."""

    reason = TextAreaField("Reason", [_TEXT])


class BidRulesForm(Form):
    """The network's rules for bids."""

    subsidy_percent = WholeNumber(
        "Highest share of a course", [InputRequired("Enter a percentage.")]
    )
    speaker_percent = WholeNumber(
        "Highest share of a speaker", [InputRequired("Enter a percentage.")]
    )
    bid_max_pence = MoneyField("Most for one bid", [InputRequired(_POUNDS)])
    term_max_pence = MoneyField("Most for one school in one term", [InputRequired(_POUNDS)])
    two_above_pence = MoneyField("Above this, two people must approve", [InputRequired(_POUNDS)])
    lapse_days = WholeNumber(
        "School days allowed for claiming", [InputRequired("Enter a number of school days.")]
    )
    shown_to_visitors = BooleanField("Show visitors what CPD money was used for")

    def rules(self) -> Rules:
        """Return what was filled in."""
        return Rules(**{field.name: self[field.name].data for field in fields(Rules)})
