"""What is typed to set up a second factor, and to show it."""

from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length

from booking.foundation.web.forms import Form

NAME_MAX = 60


class PasskeyNameForm(Form):
    """What a person calls one of their passkeys."""

    name = StringField(
        "What to call it",
        [
            InputRequired("Give it a name, such as Work laptop."),
            Length(max=NAME_MAX, message=f"Use at most {NAME_MAX} characters."),
        ],
        description="So that you know later which it is: Work laptop, My telephone.",
    )


class PasskeyForm(PasskeyNameForm):
    """A new passkey: its name, and what the browser says of it."""

    credential = HiddenField()


class AppForm(Form):
    """An authenticator app, proved by the code that it shows."""

    code = StringField(
        "Code that the app shows",
        [InputRequired("Type the six digits that the app shows.")],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class CodeForm(Form):
    """The second step, with a code."""

    code = StringField(
        "Code",
        [InputRequired("Type the code."), Length(max=60, message="Type the code alone.")],
        description="Six digits from your authenticator app, or one of your recovery codes.",
        render_kw={"autocomplete": "one-time-code"},
    )


class PasskeyAnswerForm(Form):
    """What a passkey answered."""

    credential = HiddenField()


class ResetFactorsForm(Form):
    """Why somebody's second factors are reset."""

    reason = StringField(
        "How you know that it is them",
        [
            InputRequired("Say how you know that it is really them."),
            Length(max=200, message="Use at most 200 characters."),
        ],
        description="For example: they rang me, and I know their voice. It stays on record.",
    )
