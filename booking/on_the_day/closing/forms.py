"""Input about the end of a day: a thing left behind, a reason to open again, a reflection."""

from wtforms import BooleanField, DateField, StringField
from wtforms.validators import InputRequired, Length

from booking.days.events.forms.rows import LinesField
from booking.domain.lost_property import WHAT_MAX
from booking.foundation.web.forms import Form, no_line_breaks
from booking.on_the_day.closing.models import Reflection

_SHORTER = f"Shorten this to {WHAT_MAX} characters."
REFLECTION_MAX = 2000
_LONG = Length(max=REFLECTION_MAX, message=f"Shorten this to {REFLECTION_MAX:,} characters.")


class LostThingForm(Form):
    """A thing that was left behind."""

    what = StringField(
        "What is it?",
        [
            InputRequired("Say what it is, such as “A blue coat, age 8”."),
            Length(max=WHAT_MAX, message=_SHORTER),
            no_line_breaks,
        ],
    )
    found_where = StringField(
        "Where was it found?", [Length(max=WHAT_MAX, message=_SHORTER), no_line_breaks]
    )
    kept_until = DateField(
        "The last day on which you keep it", [InputRequired("Give the last day.")]
    )


class ReopenForm(Form):
    """Why a closed day is opened again."""

    reason = StringField(
        "Why?", [InputRequired("Say why, for whoever reads the history of this event.")]
    )


class ReflectionForm(Form):
    """What a host writes after an event."""

    went_well = LinesField("What went well?", [_LONG], render_kw={"rows": 5})
    to_change = LinesField("What would you change next time?", [_LONG], render_kw={"rows": 5})
    for_colleagues = BooleanField("Show this to other schools that begin with this event")


def filled(reflection: Reflection | None) -> dict[str, object]:
    """Return what a host has written as the form's first values."""
    if reflection is None:
        return {}
    return {
        "went_well": reflection.went_well,
        "to_change": reflection.to_change,
        "for_colleagues": reflection.for_colleagues,
    }
