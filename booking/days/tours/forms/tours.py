"""The keeper's form for a tour, a school's form for a stop, and a reason."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from wtforms import DateField, SelectField, StringField
from wtforms.validators import InputRequired

from booking.days.events.forms.rows import LinesField
from booking.days.tours.details import COLUMNS, StopWish, TourDetails, details_of
from booking.days.tours.models import Kit, Tour
from booking.foundation.web.forms import Depends, Form, LondonField, WholeNumber, YearGroupField
from booking.people.schools.models import School

#: Stands for "no kit" in a list of kits' ids; an id that nothing has.
NO_KIT, UNKNOWN = 0, -1
NUMBER, SCHOOL, YEAR = "Enter a number.", "Choose a school.", "Choose a year group."


def id_of(value: Any) -> int:
    """Return a chosen id as a number; anything else counts as an id that nothing has."""
    return int(value) if str(value).isdecimal() else UNKNOWN


def _day(label: str) -> DateField:
    return DateField(
        label,
        [InputRequired("Enter the day.")],
        invalid_value_message="Enter a date, such as 12/06/2026.",
    )


class TourForm(Form):
    """Everything that the tour's keeper writes."""

    title = StringField("Title", [InputRequired("Enter a title.")])
    theme = StringField("Theme", [InputRequired("Enter a theme, such as Science or History.")])
    concept = LinesField("What pupils do", [InputRequired("Say what pupils will do.")])
    leading_school_id = SelectField(
        "Leading school", [InputRequired(SCHOOL)], coerce=id_of, validate_choice=False
    )
    teacher = StringField("Teacher in charge", [InputRequired("Say which teacher is in charge.")])
    low_year = YearGroupField("From", validators=[InputRequired(YEAR)], default=5)
    high_year = YearGroupField("To", validators=[InputRequired(YEAR)], default=6)
    pupils_max = WholeNumber("Most pupils at one stop", [InputRequired(NUMBER)], default=30)
    minutes = WholeNumber("How many minutes it lasts", [InputRequired(NUMBER)], default=120)
    travel_minutes = WholeNumber(
        "Minutes to travel between two stops", [InputRequired(NUMBER)], default=30
    )
    first_on = _day("First day on which it travels")
    last_on = _day("Last day")
    room_wanted = LinesField("What the school you visit has ready")
    kit_id = SelectField("Kit", [Depends()], coerce=id_of, default=NO_KIT, validate_choice=False)

    def offer(self, schools: Iterable[School], kits: Iterable[Kit]) -> "TourForm":
        """Let the keeper choose one of these schools, and one of these kits or none."""
        self.leading_school_id.choices = {school.id: school.name for school in schools}
        self.kit_id.choices = {NO_KIT: "No kit", **{kit.id: _kit_name(kit) for kit in kits}}
        return self

    def details(self) -> TourDetails:
        """Return what was filled in."""
        facts = {name: self[name].data for name in COLUMNS}
        for name in ("title", "theme", "concept", "teacher", "room_wanted"):
            facts[name] = facts[name] or ""
        chosen = facts["kit_id"] if facts["kit_id"] in (self.kit_id.choices or {}) else NO_KIT
        return TourDetails(**facts | {"kit_id": chosen or None})


def _kit_name(kit: Kit) -> str:
    return f"{kit.name} ({kit.school.name})"


def tour_filled(tour: Tour) -> dict[str, Any]:
    """Return a stored tour as the form's first values."""
    return asdict(details_of(tour)) | {"kit_id": tour.kit_id or NO_KIT}


class AskForStopForm(Form):
    """What a school says when it asks for a stop."""

    school_id = SelectField("School", [InputRequired(SCHOOL)], coerce=id_of, validate_choice=False)
    time_1 = LondonField("First choice: date and time", [InputRequired("Offer a date and time.")])
    time_2 = LondonField("Or this one", [Depends()])
    time_3 = LondonField("Or this one", [Depends()])
    room = StringField("Room", [InputRequired("Say which room it would be in.")])
    pupils = WholeNumber("How many of your own pupils", [InputRequired(NUMBER)])
    others = WholeNumber("Places for pupils of other schools", [Depends()], default=0)
    low_year = YearGroupField("From", validators=[InputRequired(YEAR)])
    high_year = YearGroupField("To", validators=[InputRequired(YEAR)])
    note = LinesField("Anything the leaders should know")

    def offer(self, schools: Iterable[School]) -> "AskForStopForm":
        """Let the person choose one of these schools."""
        self.school_id.choices = {school.id: school.name for school in schools}
        return self

    def wish(self) -> StopWish:
        """Return what was filled in."""
        times = (self.time_1.data, self.time_2.data, self.time_3.data)
        return StopWish(
            school_id=self.school_id.data or UNKNOWN,
            times=tuple(at for at in times if at is not None),
            room=self.room.data or "",
            pupils=self.pupils.data or 0,
            others=self.others.data or 0,
            low_year=self.low_year.data,
            high_year=self.high_year.data,
            note=self.note.data or "",
        )


class StopReasonForm(Form):
    """Why a wish is declined, or a stop cancelled."""

    reason = LinesField("Why?", [InputRequired("Say why. The school will read it.")])
