"""Forms about the way to an event: a school's plan, seats to ask for, and the host's notes."""

from typing import Any

from wtforms import SelectField, StringField, TelField, TextAreaField, TimeField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange, Optional

from booking.domain.travelling import MODE_WORDS, TravelMode, TravelTimes
from booking.foundation import contacts
from booking.foundation.web.forms import Form, WholeNumber, no_line_breaks
from booking.on_the_day.travel.details import SEATS_MAX, NotesDetails, WayDetails
from booking.on_the_day.travel.models import TravelPlan, VisitNotes

_TIMES = ["%H:%M", "%H:%M:%S"]
_MODES = [
    SelectChoice("", "Not decided yet"),
    *(SelectChoice(mode, said) for mode, said in MODE_WORDS.items()),
]


def _time(label: str) -> TimeField:
    return TimeField(
        label,
        [Optional()],
        format=_TIMES,
        invalid_value_message="Enter a time, such as 08:30.",
    )


def _line(label: str) -> StringField:
    return StringField(label, [Optional(), no_line_breaks])


def _text(label: str) -> TextAreaField:
    return TextAreaField(label, [Optional()])


class TravelForm(Form):
    """How a school travels, and what its approval system asks besides."""

    mode = SelectField(
        "How your pupils travel",
        [Optional()],
        choices=_MODES,
    )
    leaves = _time("Leave school at")
    arrives = _time("Arrive at the venue at")
    back = _time("Back at school at")
    seats = WholeNumber("Free seats for other schools", [Optional()])
    gets_on = _line("Where others get on")
    base_name = _line("Base contact")
    base_phone = TelField("Base contact’s telephone", [Optional(), no_line_breaks])
    meeting_point = _text("Where your group meets if it is separated")
    supervision = _text("Why these adults are enough")
    first_aid = _text("Your own first aid")

    @classmethod
    def filled(cls, plan: TravelPlan | None) -> "TravelForm":
        """Return the form with what the school has said."""
        if plan is None:
            return cls()
        names = ("leaves", "arrives", "back", "gets_on", "base_name", "base_phone")
        texts = ("meeting_point", "supervision", "first_aid")
        facts: dict[str, Any] = {name: getattr(plan, name) for name in (*names, *texts)}
        facts["base_phone"] = contacts.readable_phone(plan.base_phone)
        return cls(data={**facts, "mode": plan.mode or "", "seats": plan.seats or None})

    @property
    def details(self) -> WayDetails:
        """What was typed."""
        return WayDetails(
            mode=TravelMode(self.mode.data) if self.mode.data else None,
            times=TravelTimes(self.leaves.data, self.arrives.data, self.back.data),
            seats=self.seats.data or 0,
            gets_on=self.gets_on.data or "",
            base_name=self.base_name.data or "",
            base_phone=self.base_phone.data or "",
            first_aid=self.first_aid.data or "",
            supervision=self.supervision.data or "",
            meeting_point=self.meeting_point.data or "",
        )


class SeatsForm(Form):
    """How many seats of another school's bus are wanted."""

    wanted = WholeNumber(
        "Seats you need",
        [
            InputRequired("Enter how many seats you need."),
            NumberRange(1, SEATS_MAX, f"Enter a number from 1 to {SEATS_MAX}."),
        ],
    )


class NotesForm(Form):
    """What a host tells schools for their visit."""

    first_aid = _text("First aid at the venue")
    safeguarding_name = _line("Designated safeguarding lead on the day")
    safeguarding_phone = TelField("Their telephone", [Optional(), no_line_breaks])
    drop_off = _text("Where pupils are brought and picked up")
    meeting_point = _text("Meeting point if the building is cleared")
    risks = _text("Risk notes for visiting schools")

    @classmethod
    def filled(cls, notes: VisitNotes | None) -> "NotesForm":
        """Return the form with what the host has said."""
        if notes is None:
            return cls()
        names = ("first_aid", "safeguarding_name", "drop_off", "meeting_point", "risks")
        facts = {name: getattr(notes, name) for name in names}
        return cls(
            data={
                **facts,
                "safeguarding_phone": contacts.readable_phone(notes.safeguarding_phone),
            }
        )

    @property
    def details(self) -> NotesDetails:
        """What was typed."""
        return NotesDetails(
            first_aid=self.first_aid.data or "",
            safeguarding_name=self.safeguarding_name.data or "",
            safeguarding_phone=self.safeguarding_phone.data or "",
            drop_off=self.drop_off.data or "",
            meeting_point=self.meeting_point.data or "",
            risks=self.risks.data or "",
        )
