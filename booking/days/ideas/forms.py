"""Input about ideas: the idea itself, a school's seconding, a word at the end, who hosts it."""

from collections.abc import Iterable
from typing import Any

from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from booking.days.events import labels as event_labels
from booking.days.events.forms.rows import LinesField
from booking.days.ideas import words
from booking.days.ideas.details import (
    DETAILS_MAX,
    LINE_MAX,
    NAMES,
    NOTE_MAX,
    TITLE_MAX,
    WORD_MAX,
    IdeaDetails,
)
from booking.days.ideas.models import IdeaKind
from booking.foundation.web.forms import Form, WholeNumber, YearGroupField
from booking.people.schools.models import School

#: Stands for the network lead in a list of schools' ids.
NO_SCHOOL = 0


def _at_most(most: int) -> Length:
    return Length(max=most, message=f"Shorten this to {most:,} characters.")


class SchoolField(SelectField):
    """Which of their schools somebody speaks for."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(
            label,
            [InputRequired("Choose a school.")],
            coerce=int,
            choices=[],
            invalid_choice_message="Choose one of these schools.",
            **more,
        )

    def offer(self, schools: Iterable[School], *, lead: bool = False) -> None:
        """Let somebody choose between these schools, and the network lead if they are that."""
        none = [(NO_SCHOOL, "The network lead")] if lead else []
        self.choices = [*((school.id, school.name) for school in schools), *none]


class IdeaForm(Form):
    """An idea for an event."""

    kind = RadioField(
        "What kind of idea is it?",
        [InputRequired("Choose one of the two.")],
        choices=words.KIND_NAMES,
        coerce=IdeaKind,
    )
    title = StringField(
        "What is it?", [InputRequired("Give the idea a title."), _at_most(TITLE_MAX)]
    )
    low_year = YearGroupField(event_labels.of("low_year"), default=5)
    high_year = YearGroupField(event_labels.of("high_year"), default=6)
    roughly_when = StringField("Roughly when?", [_at_most(LINE_MAX)])
    details = LinesField("What would pupils do, and what does it need?", [_at_most(DETAILS_MAX)])
    school_id = SchoolField("Whose idea is it?")

    def written(self) -> IdeaDetails:
        """Return what was typed."""
        return IdeaDetails(**{name: self[name].data for name in NAMES})


class SecondForm(Form):
    """A school would come."""

    school_id = SchoolField("Your school")
    pupils = WholeNumber(
        "About how many pupils?", [InputRequired("Enter about how many pupils would come.")]
    )
    note = LinesField("A short note", [_at_most(NOTE_MAX)], render_kw={"rows": 2})


class UndoSecondForm(Form):
    """A school would no longer come."""

    school_id = SchoolField("Your school")


class CloseIdeaForm(Form):
    """A word at the end."""

    word = LinesField(
        "Why?",
        [
            InputRequired("Say why, in a few words. Everybody behind the idea will read it."),
            _at_most(WORD_MAX),
        ],
        render_kw={"rows": 3},
    )


class TakeUpForm(Form):
    """Who hosts the event that is made from an idea."""

    host_school_id = SchoolField(event_labels.of("host_school_id"))
