"""Forms on who leads: the host's record, and the names that a school gives."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired

from booking.days.events.forms.rows import LinesField
from booking.days.leading import details as leading_details
from booking.days.leading import words
from booking.days.leading.details import LeadingDetails
from booking.days.leading.models import LeaderKind, Leading
from booking.foundation.web.forms import Depends, Form, WholeNumber
from booking.people.schools.models import School

_KIND = "Choose who leads."
#: Stands for "no school" in a list of schools' ids, and for one that no school has.
NO_SCHOOL = 0


def _school_id(value: Any) -> int:
    return int(value) if str(value).isdecimal() else NO_SCHOOL


class LeadingForm(Form):
    """Who leads an event; each kind asks for different things."""

    kind = RadioField(
        "Who leads?",
        [InputRequired(_KIND), AnyOf([*LeaderKind], message=_KIND)],
        choices=[SelectChoice(kind, name) for kind, name in words.KIND_NAMES.items()],
        default=LeaderKind.TEACHER,
        validate_choice=False,
    )
    teacher = StringField("The teacher’s name", [Depends()])
    school_id = SelectField(
        "The older pupils’ school",
        [Depends()],
        coerce=_school_id,
        default=NO_SCHOOL,
        validate_choice=False,
    )
    called = StringField("What the pupils are called", [Depends()])
    number = WholeNumber("How many of them lead", [Depends()])
    organisation = StringField("Organisation, or the person’s name", [Depends()])
    contact = StringField("Whom to ring or write to there", [Depends()])

    def offer_schools(self, schools: Iterable[School]) -> "LeadingForm":
        """Let the host choose one of these schools, or none."""
        self.school_id.choices = {
            NO_SCHOOL: "Choose a school",
            **{school.id: school.name for school in schools},
        }
        return self

    def details(self) -> LeadingDetails:
        """Return what was filled in."""
        return LeadingDetails(
            kind=LeaderKind(self.kind.data),
            teacher=self.teacher.data or "",
            school_id=self.school_id.data or None,
            called=self.called.data or "",
            number=self.number.data,
            organisation=self.organisation.data or "",
            contact=self.contact.data or "",
        )


def filled(leading: Leading | None) -> dict[str, Any]:
    """Return a stored record as the form's first values."""
    if leading is None:
        return {}
    written = {name: getattr(leading, name) for name in leading_details.COLUMNS}
    return {**written, "school_id": leading.school_id or NO_SCHOOL}


class AgreeForm(Form):
    """Which of a school's pupils lead, as far as the school wants to name them."""

    names = LinesField("Their names, one a line", render_kw={"rows": 6})
