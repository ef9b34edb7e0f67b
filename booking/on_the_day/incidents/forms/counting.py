"""Heads counted, why they differ, and a host's own times."""

from wtforms import BooleanField
from wtforms.validators import InputRequired, NumberRange

from booking.foundation.web.forms import Form, WholeNumber
from booking.on_the_day.incidents.details import MINUTES_MAX
from booking.on_the_day.incidents.forms.written import text_area

HEADS_MAX = 2_000


def _heads(label: str) -> WholeNumber:
    return WholeNumber(
        label,
        [
            InputRequired("Enter how many pupils you counted."),
            NumberRange(0, HEADS_MAX, message=f"Enter a number from 0 to {HEADS_MAX:,}."),
        ],
    )


class CountInForm(Form):
    """How many heads came in."""

    came = _heads("Heads in")

    @property
    def number(self) -> int:
        """Return how many."""
        return self.came.data or 0


class CountOutForm(Form):
    """How many heads went out."""

    went = _heads("Heads out")

    @property
    def number(self) -> int:
        """Return how many."""
        return self.went.data or 0


class ExplainForm(Form):
    """Why the numbers of a date differ."""

    why = text_area("Why they differ", "Write what you know about the difference.")
    is_clear = BooleanField("Every pupil is accounted for")


def _minutes(label: str) -> WholeNumber:
    return WholeNumber(
        label,
        [
            InputRequired("Enter a number of minutes."),
            NumberRange(0, MINUTES_MAX, message=f"Enter a number from 0 to {MINUTES_MAX}."),
        ],
    )


class TimesForm(Form):
    """A host's own times for an event."""

    call_after = _minutes("The call list begins after")
    police_after = _minutes("999 is rung after")
