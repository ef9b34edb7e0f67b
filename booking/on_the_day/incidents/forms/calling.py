"""A call about pupils who have not come, and what settles the question."""

from wtforms import HiddenField, StringField
from wtforms.validators import Length, Optional

from booking.foundation.web.forms import CheckboxesField, Form, no_line_breaks
from booking.on_the_day.incidents.details import LEARNT_MAX
from booking.on_the_day.incidents.models import Callee, CallResult


class CallForm(Form):
    """Whom a call was about, what was learnt, and one button for each way it can end."""

    bookings = CheckboxesField("About", validate_choice=False)
    #: The button that was pressed: "adult:no_answer".
    call = HiddenField()
    learnt = StringField(
        "What you learnt",
        [
            Optional(),
            Length(max=LEARNT_MAX, message=f"Keep this to {LEARNT_MAX} characters or fewer."),
            no_line_breaks,
        ],
    )

    def pressed(self) -> tuple[Callee, CallResult] | None:
        """Return who was rung and how it ended; None for what is no button of ours."""
        callee, _, result = (self.call.data or "").partition(":")
        if callee not in set(Callee) or result not in set(CallResult):
            return None
        return Callee(callee), CallResult(result)
