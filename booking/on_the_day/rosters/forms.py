"""Input of the day: an accompanying adult, and whoever helps the host."""

from wtforms import StringField, TelField
from wtforms.validators import InputRequired

from booking.foundation.web.forms import Form, no_line_breaks
from booking.people.schools.forms.account import email_field, name_field


class AdultForm(Form):
    """An adult who comes along with the pupils."""

    name = StringField("Name", [InputRequired("Enter the adult’s name."), no_line_breaks])
    mobile = TelField(
        "Mobile", [InputRequired("Enter the mobile number that the host may ring on the day.")]
    )


class DayStaffForm(Form):
    """Whoever helps the host on the day."""

    name = name_field()
    email = email_field()
