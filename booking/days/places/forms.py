"""What coordinators send: numbers, choices of pupils, answers to offers."""

from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import AnyOf, InputRequired, NumberRange, Optional

from booking.foundation.web.forms import CheckboxesField, Form, WholeNumber


class RequestForm(Form):
    """How many places a school asks for."""

    wanted = WholeNumber(
        "How many places would you like in total?",
        validators=[InputRequired("Enter how many places you would like, such as 4.")],
    )
    #: The number was queried, so the page now shows `sure`.
    questioned = False
    sure = BooleanField("Yes, ask for more places than the number of pupils on our list")


class NamesForm(Form):
    """Pupils chosen from the list, for places or as reserves."""

    pupils = CheckboxesField(
        "Pupils",
        validators=[InputRequired("Choose at least one pupil.")],
        validate_choice=False,
    )
    into = HiddenField(
        default="places",
        validators=[
            AnyOf(["places", "reserves"], "Give the pupils places, or add them as reserves.")
        ],
    )


class GiveBackForm(Form):
    """How many unfilled places a school gives back."""

    count = WholeNumber(
        "How many places are you giving back?",
        validators=[
            InputRequired("Enter how many places you are giving back, such as 1."),
            NumberRange(min=1, message="Give back at least 1 place."),
        ],
    )


class OfferForm(Form):
    """The answer to an offered place."""

    answer = HiddenField(
        validators=[AnyOf(["accept", "decline"], "Accept the place or decline it.")]
    )


class ReserveForm(Form):
    """What to do with a reserve: one button each."""

    do = HiddenField(
        validators=[AnyOf(["up", "down", "off", "name"], "Choose one of the buttons.")]
    )


class OnPaperForm(Form):
    """Whether a family was given a letter: said, or taken back."""

    do = HiddenField(validators=[AnyOf(["asked", "undo"], "Choose one of the buttons.")])


class AllOnPaperForm(Form):
    """The families that were all given their letters: those that the page named."""

    bookings = SelectMultipleField(
        validators=[InputRequired("Nobody waits for a letter any more.")], validate_choice=False
    )


class WithdrawPupilForm(Form):
    """A pupil withdrawn, and perhaps another given the same place."""

    instead = SelectField(
        "Give this place to another pupil",
        validators=[Optional()],
        description="Leave this empty to pass the place on.",
    )
