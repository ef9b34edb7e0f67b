"""What somebody writes down about an incident, adds to it, and says of its end."""

from collections.abc import Sequence
from typing import Any

from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from booking.days.places.models import Booking
from booking.domain.incidents import KEPT_WORDS, KIND_WORDS, WRITTEN, MissingStep
from booking.foundation.web.forms import Form, LondonField, no_line_breaks
from booking.on_the_day.incidents.details import PLACE_MAX, PUPILS_MAX, TEXT_MAX, IncidentFacts

_NO_CHOICE = "Choose one of these."
NOBODY = "No pupil: a place or a thing"


def text_area(label: str, needed: str = "", **options: Any) -> TextAreaField:
    """Return a field for several sentences; `needed` says what is missing if it is empty."""
    limit = Length(max=TEXT_MAX, message=f"Keep this to {TEXT_MAX:,} characters or fewer.")
    first = InputRequired(needed) if needed else Optional()
    return TextAreaField(label, [first, limit], **options)


def pupil_field(label: str) -> SelectField:
    """Return a field for one of the pupils who are expected."""
    return SelectField(
        label,
        [Optional()],
        choices=[],
        default="",
        invalid_choice_message="Choose one of these pupils.",
    )


class WhatHappened(Form):
    """When, where, what, what was done and who was told."""

    happened_at = LondonField("When", [InputRequired("Enter the day and the time.")])
    place = StringField(
        "Where",
        [
            Optional(),
            Length(max=PLACE_MAX, message=f"Keep this to {PLACE_MAX} characters or fewer."),
            no_line_breaks,
        ],
    )
    what = text_area("What happened", "Write what happened.")
    done = text_area("What was done")
    told = text_area("Who was told, and when")

    def happened(self) -> IncidentFacts:
        """Return what was written."""
        return IncidentFacts(
            happened_at=self.happened_at.data,
            what=self.what.data or "",
            place=self.place.data or "",
            done=self.done.data or "",
            told=self.told.data or "",
        )


class PupilsConcerned(Form):
    """Up to three pupils of one school."""

    pupil = pupil_field("Pupil")
    second = pupil_field("Second pupil")
    third = pupil_field("Third pupil")

    def offer(self, bookings: Sequence[Booking], nobody: str) -> None:
        """Let the fields choose among pupils, by school, or `nobody`."""
        found = [
            SelectChoice(one.public_id, one.pupil.name, optgroup=one.school.name)
            for one in bookings
        ]
        self.pupil.choices = [SelectChoice("", nobody), *found]
        for field in (self.second, self.third):
            field.choices = [SelectChoice("", "Nobody else"), *found]

    def chosen(self, bookings: Sequence[Booking]) -> list[int]:
        """Return the bookings of the chosen pupils."""
        fields = (self.pupil, self.second, self.third)
        assert len(fields) == PUPILS_MAX, "there is a field for each pupil"
        wanted = {field.data for field in fields if field.data}
        return [booking.id for booking in bookings if booking.public_id in wanted]


class IncidentForm(PupilsConcerned, WhatHappened):
    """A new note about an incident or first aid."""

    kind = RadioField(
        "What it is",
        [InputRequired(_NO_CHOICE)],
        choices={kind.value: KIND_WORDS[kind] for kind in WRITTEN},
        invalid_choice_message=_NO_CHOICE,
    )
    outcome = text_area("How it ended")


class SearchForm(PupilsConcerned):
    """Who cannot be found, since when, and where they were last seen."""

    happened_at = LondonField("Missed since", [InputRequired("Enter the day and the time.")])
    what = text_area(
        "Last seen", "Write where and when somebody last saw the pupil, or that nobody knows."
    )


class AddForm(Form):
    """More about an incident."""

    text = text_area("What you want to add", "Write what you want to add.")
    for_school_only = BooleanField("Only our school reads this")


class CloseForm(Form):
    """How an incident ended."""

    outcome = text_area("How it ended", "Write how it ended.")


class KeepForm(Form):
    """How long the record is kept."""

    kept_for = RadioField(
        "How long the record is kept",
        [InputRequired(_NO_CHOICE)],
        choices={kept.value: words for kept, words in KEPT_WORDS.items()},
        invalid_choice_message=_NO_CHOICE,
    )


class StepForm(Form):
    """A step of a search, ticked or taken back."""

    step = HiddenField()
    undo = HiddenField()

    def wanted(self) -> MissingStep | None:
        """Return the step, if it is one."""
        return next((step for step in MissingStep if step.value == self.step.data), None)
