"""Input about partners' calendars."""

from wtforms import StringField
from wtforms.validators import InputRequired, Length

from booking.foundation.web.forms import Form, no_line_breaks


class PartnerForm(Form):
    """A partner's calendar: our name for it, and where it is."""

    name = StringField(
        "Name of the partner or calendar",
        [
            InputRequired("Give it a name, such as “County term dates”."),
            Length(max=60, message="Shorten the name to 60 characters."),
            no_line_breaks,
        ],
    )
    url = StringField(
        "Address of the calendar",
        [
            InputRequired(
                "Enter the address. The partner’s page will have an “iCal” or “.ics” link."
            ),
            Length(
                max=500, message="This address is too long. It can have 500 characters at most."
            ),
        ],
    )
