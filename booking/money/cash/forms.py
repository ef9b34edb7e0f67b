"""What a school fills in when it has taken cash and cheques to the bank."""

from typing import Any

from wtforms import DateField, HiddenField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from booking.foundation import clock
from booking.foundation.web.forms import Form, no_line_breaks
from booking.foundation.web.once import Sending

REFERENCE_MAX = 60


class BankedForm(Form):
    """Cash and cheques that were paid in: what was on the list when the money was counted."""

    sending = Sending.KEY
    listed: Any = HiddenField()
    listed_pence: Any = HiddenField(validators=[Regexp(r"\d{1,9}\Z")])
    reference: Any = StringField(
        "Paying-in slip number",
        validators=[
            InputRequired("Enter the paying-in slip number."),
            Length(max=REFERENCE_MAX, message=f"Keep this to {REFERENCE_MAX} characters or fewer."),
            no_line_breaks,
        ],
    )
    banked_on: Any = DateField(
        "When it was paid in", [InputRequired("Enter the date.")], default=clock.today
    )
