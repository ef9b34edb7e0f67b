"""What a visitor to the demo card processor, and its back office, can do."""

from typing import Any

from wtforms import RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from booking.foundation.web.forms import Form

PAY, SLOW, DECLINE = "pay", "slow", "decline"
OUTCOMES = (
    (PAY, "Pay with a pretend card"),
    (SLOW, "Pay slowly: the money arrives in 20 seconds"),
    (DECLINE, "Try a card that is declined"),
)


class OutcomeForm(Form):
    """The button that was pressed."""

    outcome: Any = RadioField(
        "What should the card processor do?",
        choices=[SelectChoice(value, words) for value, words in OUTCOMES],
        validators=[InputRequired("Choose what the demo card processor should do.")],
    )


class OfficeForm(Form):
    """The button that was pressed in the back office."""

    action: Any = StringField("Action", validators=[InputRequired("Press a button.")])
    about: Any = StringField("About")
