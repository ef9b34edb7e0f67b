"""Input of the day: an accompanying adult."""

from wtforms import StringField, TelField
from wtforms.validators import InputRequired

from booking.web.forms import Form, no_line_breaks


class AdultForm(Form):
    """An adult who comes along with the pupils."""

    name = StringField("Name", [InputRequired("Enter the adult’s name."), no_line_breaks])
    mobile = TelField(
        "Mobile", [InputRequired("Enter the mobile number that the host may ring on the day.")]
    )
