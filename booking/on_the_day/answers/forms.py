"""What the home school writes down about a pupil's day."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, Optional

from booking.foundation.web.forms import Form, no_line_breaks
from booking.money.checkout import service as checkout
from booking.on_the_day.answers.details import REASON_MAX, REASON_MIN


class DietNoteForm(Form):
    """What "something else" to eat is, for the kitchen."""

    note = StringField(
        "What the kitchen needs to know",
        [
            Optional(),
            Length(
                max=checkout.DIET_NOTE_MAX,
                message=f"Keep this to {checkout.DIET_NOTE_MAX} characters or fewer.",
            ),
            no_line_breaks,
        ],
    )


class OpenContactForm(Form):
    """Why somebody needs a family's number now."""

    reason = StringField(
        "Why you need it now",
        [
            InputRequired(
                f"Say in {REASON_MIN} to {REASON_MAX} characters why you need the number."
            ),
            no_line_breaks,
        ],
    )


class SeenForm(Form):
    """Which state of a change was on the page of whoever says that they have seen it."""

    read = HiddenField()
