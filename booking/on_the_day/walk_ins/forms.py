"""Forms at the door, and for the home school."""

from collections.abc import Sequence

from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Optional

from booking.days.places.models import Booking
from booking.domain import year_groups
from booking.foundation.web.forms import Form, no_line_breaks
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

NOBODY, NOT_OURS = "", "not_ours"


class WalkInForm(Form):
    """A pupil who came without being on the list."""

    school = SelectField("School", [InputRequired("Choose the school that the pupil came with.")])
    name = StringField(
        "First name and surname", [InputRequired("Enter first name and surname."), no_line_breaks]
    )
    instead_of = SelectField("Came instead of", [Optional()])
    reason = StringField(
        "If the school has no place left: why the pupil stays", [Optional(), no_line_breaks]
    )

    def __init__(self, schools: Sequence[School], expected: Sequence[Booking]) -> None:
        super().__init__()
        self.school.choices = {"": "Choose", **{one.slug: one.name for one in schools}}
        self.instead_of.choices = {
            NOBODY: "Nobody: came as well",
            **{one.public_id: f"{one.pupil.name}, {one.school.name}" for one in expected},
        }


class PutRightForm(Form):
    """Which of the school's pupils it was."""

    pupil = SelectField("Who came", [InputRequired("Choose the pupil, or say that it is none.")])

    def __init__(self, pupils: Sequence[Pupil], *, chosen: str) -> None:
        super().__init__(data={"pupil": chosen})
        self.pupil.choices = {
            "": "Choose",
            NOT_OURS: "None of our pupils",
            **{one.public_id: f"{one.name}, {year_groups.name(one.year_group)}" for one in pupils},
        }
