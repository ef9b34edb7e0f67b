"""What a parent fills in who has lost the private link."""

from wtforms import EmailField
from wtforms.validators import Email, InputRequired, Length

from booking.foundation.web.forms import Form


class LostLinkForm(Form):
    """Asking for another private link at the address that the school has."""

    email = EmailField(
        "Your e-mail address",
        [
            InputRequired("Enter an e-mail address."),
            Length(max=200, message="Enter a shorter e-mail address."),
            Email("Enter an e-mail address in the right form, like name@home.example."),
        ],
        description="The one that your child’s school writes to.",
        render_kw={"autocomplete": "email"},
    )
