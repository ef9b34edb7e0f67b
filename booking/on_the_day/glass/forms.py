"""Why somebody who oversees must see other schools' pupils."""

from wtforms import StringField
from wtforms.validators import InputRequired

from booking.foundation.web.forms import Form, no_line_breaks
from booking.on_the_day.glass.details import REASON_MAX, REASON_MIN


class OpenPupilsForm(Form):
    """The reason, which their schools read."""

    reason = StringField(
        "Why you must see them now",
        [
            InputRequired(
                f"Say in {REASON_MIN} to {REASON_MAX} characters why you must see these pupils."
            ),
            no_line_breaks,
        ],
    )
