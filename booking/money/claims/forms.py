"""Forms about claims: claiming a cost, deciding, paying."""

from flask_wtf.file import FileField, FileRequired
from wtforms import DateField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from booking.days.events.forms.rows import LinesField
from booking.days.events.models import Event
from booking.domain.claiming import TEXT_MAX
from booking.domain.ledger import accounts
from booking.foundation import clock
from booking.foundation.files import forms as file_forms
from booking.foundation.files.details import Upload
from booking.foundation.web.forms import Form, MoneyField, no_line_breaks
from booking.foundation.web.once import Sending
from booking.money.claims.details import CostClaimDetails
from booking.money.claims.models import CostClaim
from booking.money.fund.forms import AMOUNT, account_field

APPROVE, REFUSE, SEND_BACK = "approve", "refuse", "send_back"
_SHORT = Length(max=TEXT_MAX, message=f"Shorten this to {TEXT_MAX} characters.")
_REASON = Length(max=500, message="Shorten this to 500 characters.")


class CostClaimForm(Form):
    """What was spent on an event, on what, and who is to be paid."""

    sending = Sending.KEY
    pence = MoneyField("What it cost", [AMOUNT])
    line = SelectField("Line of the budget", validate_choice=False)  # the service checks it
    what = StringField(
        "What it is for", [InputRequired("Say what it is for."), _SHORT, no_line_breaks]
    )
    payee = StringField(
        "Who is to be paid?", [InputRequired("Say who is to be paid."), _SHORT, no_line_breaks]
    )

    def offer(self, event: Event) -> None:
        """Let somebody choose among the lines of the event's budget."""
        lines = [SelectChoice(line.label, line.label) for line in event.cost_lines]
        self.line.choices = [*lines, SelectChoice("", "None of these")]

    def details(self) -> CostClaimDetails:
        """Return what was filled in."""
        return CostClaimDetails(
            pence=self.pence.data or 0,
            line=self.line.data or "",
            what=self.what.data or "",
            payee=self.payee.data or "",
        )


class NewCostClaimForm(CostClaimForm):
    """A new claim, with its receipt."""

    receipt = FileField(
        "Receipt", [FileRequired("Choose the receipt.")], render_kw={"accept": file_forms.ACCEPT}
    )
    upload: Upload

    def validate_receipt(self, field: FileField) -> None:
        """Look at what was sent."""
        self.upload = file_forms.looked_at(field)


def filled(claim: CostClaim) -> dict[str, object]:
    """Return a claim as the form's first values."""
    return {name: getattr(claim, name) for name in ("pence", "line", "what", "payee")}


class DecideClaimForm(Form):
    """An approval, a refusal, or what is missing."""

    decision = RadioField(
        "Your decision",
        [InputRequired("Choose what you decide.")],
        choices=[
            SelectChoice(APPROVE, "Approve it"),
            SelectChoice(SEND_BACK, "Ask for more"),
            SelectChoice(REFUSE, "Refuse it"),
        ],
    )
    reason = LinesField("What is missing, or why you refuse it", [_REASON], render_kw={"rows": 3})


class PayClaimForm(Form):
    """That a claim was paid."""

    sending = Sending.KEY
    account = account_field("Paid from", (accounts.BANK, accounts.CASH))
    paid_on = DateField("Paid on", [InputRequired("Enter the date.")], default=clock.today)
