"""What the treasurer fills in about families' transfers."""

from typing import Any

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length

from booking.domain import money, terms, transferring
from booking.foundation.web.forms import Form, no_line_breaks
from booking.foundation.web.once import Sending
from booking.money.fund import ports as fund_ports


class TransfersForm(Form):
    """Whether families may pay by transfer."""

    offered: Any = BooleanField("Families may pay by bank transfer")


class ByHandForm(Form):
    """A bank line, and the reference that a person found out."""

    sending = Sending.KEY
    line: Any = RadioField("Bank line", validators=[InputRequired("Choose the bank line.")])
    reference: Any = StringField(
        "The family’s reference",
        [
            InputRequired("Enter the reference that the family was given."),
            Length(max=40),
            no_line_breaks,
        ],
    )

    def offer_lines(self) -> "ByHandForm":
        """Offer the lines that brought money and are matched with nothing."""
        self.line.choices = [
            SelectChoice(
                each.line,
                f"{money.pounds(each.pence)} on {terms.day_text(each.on)}, “{each.words}”",
            )
            for each in fund_ports.received_money()
        ]
        return self

    @property
    def number(self) -> int:
        """Return the number that the reference stands for. Raises ReferenceWrong."""
        return transferring.of_reference(self.reference.data or "")
