"""Input for asking for everything held about somebody: a second look before it is given out."""

from collections.abc import Sequence

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from booking.foundation.web.forms import CheckboxesField, Form
from booking.people.pupils.models import Parent
from booking.people.schools.forms.account import password_again_field

#: Stands for all parents, or the pupil.
TOGETHER = "all"


class LookAgainForm(Form):
    """Whoever is signed in says once more that it is them."""

    password = password_again_field()


class LookOverForm(LookAgainForm):
    """The same, with a check of who asks."""

    sure = BooleanField(
        "I have made sure who asks, and that they may have it",
        [InputRequired("Make sure who asks before you give anything out.")],
    )


class OneParentForm(LookOverForm):
    """The same, where a pupil has several parents: what is one's own is not for the other."""

    asker = RadioField(
        "Who asks?",
        validators=[InputRequired("Say who asks.")],
        validate_choice=False,
    )

    def offer(self, parents: Sequence[Parent]) -> "OneParentForm":
        """Let one of the parents be chosen, or both together."""
        names = {str(parent.id): parent.name or parent.email for parent in parents}
        self.asker.choices = [
            *(SelectChoice(number, name) for number, name in names.items()),
            SelectChoice(TOGETHER, "The pupil, or all of them together"),
        ]
        self.asker.validators = [
            InputRequired("Say who asks."),
            AnyOf([*names, TOGETHER], message="Say who asks."),
        ]
        return self


class TypedNameForm(LookOverForm):
    """The same, for a name that somebody typed and that leads to no pupil."""

    name = StringField("The name", [InputRequired("Enter the name."), Length(max=200)])


class EraseTypedForm(LookAgainForm):
    """Which of the typed names are this person's."""

    chosen = CheckboxesField("Which of them is it?", [InputRequired("Tick at least one.")])


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
