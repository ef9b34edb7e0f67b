"""Forms for the day: an accompanying adult, and day staff."""

from wtforms import BooleanField, StringField, TelField
from wtforms.validators import InputRequired, Optional

from booking.foundation.web.forms import AddressField, Form, no_line_breaks
from booking.people.schools.forms.account import email_field, name_field


class AdultForm(Form):
    """An adult who comes with the pupils."""

    name = StringField("Name", [InputRequired("Enter the adult’s name."), no_line_breaks])
    mobile = TelField(
        "Mobile", [InputRequired("Enter a mobile number that the host can ring on the day.")]
    )
    email = AddressField("E-mail address", [Optional()])
    leads = BooleanField("Leads the visit")
    gives_first_aid = BooleanField("Is trained in first aid")


class DayStaffForm(Form):
    """Somebody who helps the host on the day."""

    name = name_field()
    email = email_field()
