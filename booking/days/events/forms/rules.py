"""The form for the rules that a new event starts with."""

from dataclasses import fields

from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from booking.days.events import labels, words
from booking.days.events.details import RuleDetails
from booking.days.events.forms.event import BASES
from booking.domain.allocation.claims import Basis
from booking.foundation.web.forms import Form, WholeNumber


class EventRulesForm(Form):
    """What a new event starts with."""

    basis = RadioField(
        labels.of("basis"),
        [InputRequired("Choose one of the rules.")],
        choices={basis: words.BASIS_NAMES[basis] for basis in BASES},
        coerce=Basis,
    )
    guarantee = WholeNumber(
        labels.of("guarantee"), [InputRequired("Enter a number; 0 for no guarantee.")]
    )
    cap_per_school = WholeNumber(labels.of("cap_per_school"))
    reply_days = WholeNumber(
        labels.of("reply_days"), [InputRequired("Enter a number of school days.")]
    )
    offer_days = WholeNumber(
        labels.of("offer_days"),
        [InputRequired("Enter a number of school days.")],
    )

    lead_looks = BooleanField(labels.of("lead_looks"))

    def details(self) -> RuleDetails:
        """Return what was typed."""
        return RuleDetails(**{field.name: self[field.name].data for field in fields(RuleDetails)})
