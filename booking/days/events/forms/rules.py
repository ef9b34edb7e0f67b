"""The form of the rules that a new event starts with."""

from dataclasses import fields

from wtforms import RadioField
from wtforms.validators import InputRequired

from booking.days.events import words
from booking.days.events.details import RuleDetails
from booking.days.events.forms.event import BASES
from booking.domain.allocation.claims import Basis
from booking.foundation.web.forms import Form, WholeNumber


class RulesForm(Form):
    """What a new event starts with."""

    basis = RadioField(
        "Whose turn is it?",
        [InputRequired("Choose one of the rules.")],
        choices={basis: words.BASIS_NAMES[basis] for basis in BASES},
        coerce=Basis,
    )
    guarantee = WholeNumber(
        "Places guaranteed to each school", [InputRequired("Enter a number; 0 guarantees none.")]
    )
    cap_per_school = WholeNumber("Most places for one school")
    reply_days = WholeNumber(
        "School days for a parent to answer", [InputRequired("Enter a number of school days.")]
    )
    offer_days = WholeNumber(
        "School days for a school to take up an offer",
        [InputRequired("Enter a number of school days.")],
    )

    def details(self) -> RuleDetails:
        """Return what was typed."""
        return RuleDetails(**{field.name: self[field.name].data for field in fields(RuleDetails)})
