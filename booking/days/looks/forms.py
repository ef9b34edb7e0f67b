"""Input about the lead's look: a word of the host's, a word of the lead's."""

from wtforms.validators import InputRequired

from booking.days.events.forms.rows import LinesField
from booking.foundation.web.forms import Form


class AskLeadForm(Form):
    """Ask the lead to publish a draft."""

    note = LinesField("Anything that the lead should know?", render_kw={"rows": 3})


class GiveBackDraftForm(Form):
    """Give a draft back to its host."""

    note = LinesField(
        "What should change?",
        [InputRequired("Say what should change. The host will read it.")],
        render_kw={"rows": 4},
    )
