"""What a treasurer fills in about money at the card processor."""

from typing import Any

from wtforms import RadioField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from booking.foundation.web.forms import Form, no_line_breaks
from booking.foundation.web.once import Sending
from booking.money.checkout.models import Explanation, Resolution
from booking.money.payments.models import Instead

REASON_MAX, REFERENCE_MAX = 500, 60
RESOLUTIONS = {
    Resolution.ATTACHED: "It is a payment for these bookings",
    Resolution.REFUNDED: "Send it back to the card that it came from",
    Resolution.NOTED: "It is something else: keep a note of it",
}
HINTS = {
    Resolution.ATTACHED: "It counts as received, shared by the published breakdown of each fee.",
    Resolution.REFUNDED: "The family will be told when it has gone.",
    Resolution.NOTED: "Money that is in the books goes to administration.",
}
WAYS = (
    (Instead.BANK_TRANSFER, "By bank transfer"),
    (Instead.CHEQUE, "By cheque"),
    (Instead.CASH, "In cash, from the cash box"),
)


class ExplanationForm(Form):
    """What something is, and why."""

    resolution: Any = RadioField(
        "What is it?",
        choices=[SelectChoice(value.value, words) for value, words in RESOLUTIONS.items()],
        validators=[InputRequired("Choose what it is.")],
    )
    reference: Any = StringField(
        "Payment reference",
        validators=[Optional(), Length(max=REFERENCE_MAX), no_line_breaks],
    )
    reason: Any = TextAreaField(
        "Why",
        validators=[
            InputRequired("Give a reason that somebody will still understand years later."),
            Length(max=REASON_MAX, message=f"Keep this to {REASON_MAX} characters or fewer."),
        ],
    )

    def offer_for(self, found: Explanation) -> "ExplanationForm":
        """Offer only what can be done about this one."""
        allowed = {Resolution.NOTED}
        if found.parked_key and found.amount_pence > 0:
            allowed.add(Resolution.ATTACHED)
            if found.payment is not None:
                allowed.add(Resolution.REFUNDED)
        self.resolution.choices = [
            SelectChoice(value.value, words)
            for value, words in RESOLUTIONS.items()
            if value in allowed
        ]
        return self


class HandBackForm(Form):
    """How a failed refund was paid back."""

    sending = Sending.KEY
    by: Any = RadioField(
        "How did you pay it back?",
        choices=[SelectChoice(way.value, words) for way, words in WAYS],
        validators=[InputRequired("Choose how you paid it back.")],
    )
    note: Any = StringField(
        "Reference",
        validators=[
            InputRequired("Enter a reference: the transfer's, the cheque's, or who took the cash."),
            Length(max=REFERENCE_MAX),
            no_line_breaks,
        ],
    )
