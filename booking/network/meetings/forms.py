"""Input about meetings: the lead's form, an answer, a reason, the minutes."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from booking.days.events.forms.rows import LinesField, needed
from booking.domain import terms
from booking.domain.permissions import ROLE_PLURALS, Role
from booking.foundation.clock import LONDON
from booking.foundation.web.forms import CheckboxesField, Depends, Form
from booking.network.meetings import words
from booking.network.meetings.details import (
    COLUMNS,
    LINE_MAX,
    TITLE_MAX,
    MeetingDetails,
    details_of,
)
from booking.network.meetings.models import Answer, Meeting, MeetingKind
from booking.people.schools.models import School

COORDINATORS, EVERYBODY, ROLES = "coordinators", "everybody", "roles"
AUDIENCES = {
    COORDINATORS: "All coordinators",
    EVERYBODY: "Everybody with an account",
    ROLES: "Everybody with one of the roles I choose",
}
#: Stands for "no school" in a list of schools' ids.
NO_SCHOOL = 0
_TIMES = ["%H:%M", "%H:%M:%S"]
_SAY = "Choose whether you will come."
_KIND = "Choose what kind of meeting it is."
_WHOM = "Choose who is invited."
#: An id that no school has.
_UNKNOWN = -1


def _school_id(value: Any) -> int:
    """Return a typed id as a number; anything else counts as an id that no school has."""
    return int(value) if str(value).isdecimal() else _UNKNOWN


def _text(label: str, *validators: Any, most: int = LINE_MAX) -> StringField:
    too_long = f"Shorten this to {most} characters."
    return StringField(label, [*validators, Length(max=most, message=too_long)])


def _time(label: str, words: str, example: str) -> TimeField:
    return TimeField(
        label,
        [needed(words)],
        format=_TIMES,
        invalid_value_message=f"Enter a time, such as {example}.",
    )


class MeetingForm(Form):
    """Everything that the lead writes about a meeting."""

    title = _text("Title", InputRequired("Enter a title."), most=TITLE_MAX)
    kind = RadioField(
        "What kind of meeting is it?",
        choices=[SelectChoice(kind, name) for kind, name in words.KIND_NAMES.items()],
        default=MeetingKind.COORDINATORS,
        validators=[InputRequired(_KIND), AnyOf([*MeetingKind], message=_KIND)],
        validate_choice=False,
    )
    on = DateField(
        "Day",
        [needed("Enter the day.")],
        invalid_value_message="Enter a date, such as 12/06/2026.",
    )
    starts = _time("Starts", "Enter when it starts.", "16:00")
    ends = _time("Ends", "Enter when it ends.", "17:30")
    host_school_id = SelectField(
        "Host school", [Depends()], coerce=_school_id, default=NO_SCHOOL, validate_choice=False
    )
    venue = _text("Venue, if it is not at the host school", Depends())
    link = StringField("Link to join online", [Depends()])
    audience = RadioField(
        "Who is invited?",
        choices=[SelectChoice(value, name) for value, name in AUDIENCES.items()],
        default=COORDINATORS,
        validators=[InputRequired(_WHOM), AnyOf([*AUDIENCES], message=_WHOM)],
        validate_choice=False,
    )
    roles = CheckboxesField(
        "Roles",
        [Depends()],
        choices=[SelectChoice(role, name) for role, name in ROLE_PLURALS.items()],
        validate_choice=False,  # the service checks who can be invited
    )
    notes = LinesField("Agenda and notes", render_kw={"rows": 8})

    def offer_hosts(self, schools: Iterable[School]) -> "MeetingForm":
        """Let the lead choose one of these schools, or none."""
        self.host_school_id.choices = {
            NO_SCHOOL: "No school: somewhere else, or online",
            **{school.id: school.name for school in schools},
        }
        return self

    def of_circle(self) -> "MeetingForm":
        """Ask for no audience: the people of a circle are invited by name."""
        del self.audience, self.roles
        return self

    def details(self) -> MeetingDetails:
        """Return what was filled in."""
        starts_at, ends_at = (
            datetime.combine(self.on.data, at.data, tzinfo=LONDON).astimezone(UTC)
            for at in (self.starts, self.ends)
        )
        chosen, roles = self._invited()
        return MeetingDetails(
            kind=MeetingKind(self.kind.data),
            title=self.title.data or "",
            starts_at=starts_at,
            ends_at=ends_at,
            host_school_id=self.host_school_id.data or None,
            venue=self.venue.data or "",
            link=self.link.data or "",
            notes=self.notes.data or "",
            for_everybody=chosen == EVERYBODY,
            roles=frozenset(roles),
        )

    def _invited(self) -> tuple[str, Iterable[Role]]:
        """Return who is invited, and by which roles; those of a circle are invited by name."""
        if "audience" not in self:
            return "", ()
        named = [Role(word) for word in self.roles.data or [] if word in {*Role}]
        roles = {COORDINATORS: [Role.COORDINATOR], ROLES: named}
        return self.audience.data, roles.get(self.audience.data, [])


def filled(meeting: Meeting) -> dict[str, Any]:
    """Return a stored meeting as the form's first values."""
    details = details_of(meeting)
    starts, ends = terms.london(meeting.starts_at), terms.london(meeting.ends_at)
    only_coordinators = details.roles == {Role.COORDINATOR}
    audience = COORDINATORS if only_coordinators else ROLES
    return {
        **{name: getattr(details, name) for name in COLUMNS},
        "host_school_id": details.host_school_id or NO_SCHOOL,
        "on": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "audience": EVERYBODY if details.for_everybody else audience,
        "roles": sorted(details.roles),
    }


class AnswerForm(Form):
    """One of two buttons."""

    answer = HiddenField(validators=[AnyOf([a.value for a in Answer], message=_SAY)])


class CancelMeetingForm(Form):
    """Why a meeting is cancelled."""

    reason = LinesField(
        "Why is it cancelled?",
        [InputRequired("Say why it is cancelled. Everybody invited will be told.")],
        render_kw={"rows": 3},
    )


class MinutesForm(Form):
    """The minutes, or where to read them."""

    minutes = LinesField("Minutes", [Depends()], render_kw={"rows": 14})
    minutes_link = StringField("Link to the minutes", [Depends()])
