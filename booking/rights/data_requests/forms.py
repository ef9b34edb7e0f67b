"""Input about requests: as somebody asks, as a school writes one down, and how it answers."""

from typing import Any

from wtforms import BooleanField, DateField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from booking.days.events.forms.rows import LinesField, needed
from booking.domain.data_rights import AskedChannel, DataRight
from booking.foundation.web.forms import AddressField, Depends, Form
from booking.rights.data_requests import words
from booking.rights.data_requests.details import NAME_MAX, Asked

_CHOOSE = "Choose what you ask for."
_HOW = "Choose how it came."
DONE, REFUSED = "done", "refused"
_ENDED = "Say whether it has been done."
_GROUNDS = [
    SelectChoice("", "No"),
    *(SelectChoice(ground, name) for ground, name in words.GROUNDS.items()),
]


def _right(label: str, names: dict[DataRight, str]) -> Any:
    return RadioField(
        label,
        choices=[SelectChoice(right, name) for right, name in names.items()],
        validators=[InputRequired(_CHOOSE), AnyOf([*DataRight], message=_CHOOSE)],
        validate_choice=False,
    )


def _name(label: str, missing: str) -> StringField:
    too_long = f"Shorten this to {NAME_MAX} characters."
    return StringField(label, [InputRequired(missing), Length(max=NAME_MAX, message=too_long)])


class AskForRightForm(Form):
    """What somebody asks for on their own page."""

    right = _right("What would you like?", words.RIGHTS)
    wanted = LinesField("What exactly?", [Depends()], render_kw={"rows": 4})


class TakeDownForm(Form):
    """A request that came by post, by telephone or in person."""

    right = _right(
        "What is asked for?", {right: name.capitalize() for right, name in words.SHORT.items()}
    )
    asker = _name("Who asks?", "Write who asks.")
    about = _name("About whom?", "Write whom it is about.")
    reply_to = AddressField("Their e-mail address, if the answer may go there")
    channel = SelectField(
        "How did it come?",
        [AnyOf([*AskedChannel], message=_HOW)],
        choices=[
            SelectChoice(channel, name)
            for channel, name in words.CHANNELS.items()
            if channel is not AskedChannel.PAGE
        ],
        validate_choice=False,
    )
    received_on = DateField(
        "When did it arrive?",
        [needed("Enter the day on which it arrived.")],
        invalid_value_message="Enter a date, such as 12/06/2026.",
    )
    wanted = LinesField("What exactly is asked for?", [Depends()], render_kw={"rows": 4})

    def asked(self, **more: Any) -> Asked:
        """Return what was filled in."""
        return Asked(
            right=DataRight(self.right.data),
            asker=self.asker.data or "",
            about=self.about.data or "",
            received_on=self.received_on.data,
            channel=AskedChannel(self.channel.data),
            wanted=self.wanted.data or "",
            reply_to=self.reply_to.data or "",
            **more,
        )


class AnswerRequestForm(Form):
    """How a request ended, and what whoever asked is told."""

    ended = RadioField(
        "How did it end?",
        choices=[
            SelectChoice(DONE, "It has been done"),
            SelectChoice(REFUSED, "It is not done, or not all of it"),
        ],
        validators=[InputRequired(_ENDED), AnyOf([DONE, REFUSED], message=_ENDED)],
        validate_choice=False,
    )
    words = LinesField("What was done, or why not", [Depends()], render_kw={"rows": 4})
    ground = SelectField(
        "Is what is held restricted?",
        [Depends()],
        choices=_GROUNDS,
        default="",
    )
    tell_hosts = BooleanField(
        "Tell the hosts who have a list with the pupil that something on it changed"
    )


class LiftForm(Form):
    """The end of a restriction."""

    is_told = BooleanField("They asked for this themselves, or have been told already")


class LongerForm(Form):
    """Why an answer takes longer than a month."""

    because = LinesField(
        "Why does it take longer?",
        [InputRequired("Write why it takes longer. Whoever asked will read it.")],
        render_kw={"rows": 3},
    )
