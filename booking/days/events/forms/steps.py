"""Short forms: publish, cancel, and actions that are one button."""

from wtforms import HiddenField
from wtforms.validators import InputRequired

from booking.days.events import labels
from booking.days.events.forms.rows import LinesField
from booking.days.events.forms.ticks import TicksField
from booking.foundation.web.forms import Form


class PublishForm(Form):
    """The last page before publication."""

    ticked = TicksField()
    fee_reason = LinesField(labels.of("fee_reason"), render_kw={"rows": 4})
    #: The digest of everything that the page shows: nothing is published that nobody has looked at.
    shown = HiddenField()


class CancelEventForm(Form):
    """The page that asks whether an event should really be cancelled."""

    reason = LinesField(
        "Why is it cancelled?",
        [InputRequired("Say why the event is cancelled. Everybody concerned will be told.")],
        render_kw={"rows": 4},
    )
