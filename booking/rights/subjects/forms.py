"""Input for asking for everything held about somebody: a second look before it is given out."""

from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from booking.foundation.web.forms import Form
from booking.people.schools.forms.account import password_again_field


class LookAgainForm(Form):
    """Whoever is signed in says once more that it is them."""

    password = password_again_field()


class LookOverForm(LookAgainForm):
    """The same, with a check of who asks."""

    sure = BooleanField(
        "I have made sure who asks, and that they may have it",
        [InputRequired("Make sure who asks before you give anything out.")],
    )


class EraseForm(LookAgainForm):
    """The last check before somebody is erased."""

    sure = BooleanField(
        "I have made sure who asks, and that it is to be done now",
        [InputRequired("Make sure before anything is erased: it cannot be undone.")],
    )


class AddressForm(LookOverForm):
    """The same, for an adult whom an address or a number finds."""

    address = StringField(
        "Their e-mail address or telephone number",
        [InputRequired("Enter an e-mail address or a telephone number."), Length(max=200)],
    )
