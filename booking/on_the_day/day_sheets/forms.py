"""The form that chooses labels. It asks for a file and changes nothing, so it is sent by GET."""

from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, RadioField
from wtforms.validators import (
    DataRequired,  # noqa: TID251 - an address may leave out a choice: its default is the answer
    InputRequired,
    NumberRange,
)

from booking.domain.label_sheets import SHEETS
from booking.foundation.web.forms import Form, WholeNumber
from booking.on_the_day.day_sheets.pages import (
    ORDER_WORDS,
    OWNER_WORDS,
    LabelChoice,
    LabelOrder,
    LabelOwners,
)

MOST = max(sheet.labels for sheet in SHEETS.values())


class LabelsForm(Form):
    """Which labels, for whom, in which order."""

    class Meta(Form.Meta):
        """Nothing is changed, so no token is needed in the address."""

        csrf = False

    sheet = RadioField(
        "Sheet",
        [DataRequired("Choose a sheet.")],
        choices={key: one.name for key, one in SHEETS.items()},
        default="21",
    )
    owners = RadioField(
        "For",
        [DataRequired("Choose whose names are printed.")],
        choices={one.value: said for one, said in OWNER_WORDS.items()},
        default="pupils",
    )
    order = RadioField(
        "Order",
        [DataRequired("Choose an order.")],
        choices={one.value: said for one, said in ORDER_WORDS.items()},
        default="school",
    )
    first = WholeNumber(
        "First label to print on",
        [
            InputRequired("Enter the number of the first label, 1 for a whole sheet."),
            NumberRange(1, MOST, "Enter a number between %(min)s and %(max)s."),
        ],
        description="1 is the top left label; count along the rows. For a sheet that is half used.",
        default=1,
    )
    initial = BooleanField("Only the first letter of the surname")
    marks = BooleanField("A mark for pupils with a life-safety alert")

    @classmethod
    def asked(cls, sent: MultiDict[str, str]) -> "LabelsForm":
        """Return the form as it was sent, or as it begins."""
        return cls(formdata=sent if sent else None)

    def is_in_order(self) -> bool:
        """Return whether what was sent will do; a sheet has only so many labels."""
        if not self.validate():
            return False
        sheet = SHEETS[self.sheet.data]
        if (self.first.data or 1) > sheet.labels:
            self.refuse(f"This sheet has {sheet.labels} labels.", field="first")
            return False
        return True

    @property
    def choice(self) -> LabelChoice:
        """What was chosen."""
        return LabelChoice(
            sheet=SHEETS[self.sheet.data],
            owners=LabelOwners(self.owners.data),
            order=LabelOrder(self.order.data),
            first=self.first.data or 1,
            initial=self.initial.data,
            marks=self.marks.data,
        )
