"""What the home school writes down about a pupil's day."""

from wtforms import StringField
from wtforms.validators import Length, Optional

from booking.foundation.web.forms import Form, no_line_breaks
from booking.money.checkout import service as checkout


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
