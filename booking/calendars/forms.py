"""Input about private calendars."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from booking.web.forms import Form, no_line_breaks


class FeedForm(Form):
    """A name for a new private calendar."""

    label = StringField(
        "Name of the calendar",
        [
            InputRequired("Give the calendar a name, such as “My telephone”."),
            Length(max=60, message="Shorten the name to 60 characters."),
            no_line_breaks,
        ],
    )


class ButtonForm(Form):
    """An action that is one button: only the token is checked."""
