"""Input about visits: what a school opens, a wish to come, an answer, a reason, a note."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TimeField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from booking.days.events.forms.rows import LinesField, needed
from booking.domain import terms
from booking.domain.visits import (
    NOTE_MAX,
    SUBJECT_MAX,
    TITLE_MAX,
    WORDS_MAX,
    VisitDetails,
    VisitKind,
)
from booking.foundation.clock import LONDON
from booking.foundation.web.forms import Depends, Form
from booking.network.visits import words
from booking.network.visits.details import details_of
from booking.network.visits.models import StaffVisit, VisitAsk
from booking.people.schools.models import School

#: Stands for "no school" in a list of ids.
NONE = 0
HOURS, DAYS = "hours", "days"
YES, NO = "yes", "no"
_DAY = timedelta(days=1)
_A_DATE = "Enter a date, such as 12/06/2027."
_A_TIME = "Enter a time, such as 09:15."
_TIMES = ["%H:%M", "%H:%M:%S"]


def _at_most(most: int) -> Length:
    return Length(max=most, message=f"Shorten this to {most:,} characters.")


class _ByHours:
    """Needs the field if the visit has hours, or else if it has days; the other may be empty."""

    def __init__(self, length: str, missing: str) -> None:
        self.length, self._needed, self._optional = length, needed(missing), Optional()

    field_flags = {"depends": True}  # noqa: RUF012 - the library's own attribute

    def __call__(self, form: Any, field: Any) -> None:
        (self._needed if form.length.data == self.length else self._optional)(form, field)


class ChangeVisitForm(Form):
    """What a school opens."""

    title = StringField(
        "What would one see?", [InputRequired("Say what one would see."), _at_most(TITLE_MAX)]
    )
    kind = RadioField(
        "What kind of visit is it?",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(kind.value, name) for kind, name in words.KINDS.items()],
        default=VisitKind.LESSON.value,
    )
    subject = StringField("Which phase and subject?", [Depends(), _at_most(SUBJECT_MAX)])
    length = RadioField(
        "How long is it?",
        [InputRequired("Choose one.")],
        choices=[SelectChoice(HOURS, "Hours of one day"), SelectChoice(DAYS, "Whole days")],
        default=HOURS,
    )
    on = DateField("First day", [needed("Enter the day.")], invalid_value_message=_A_DATE)
    starts = TimeField(
        "Starts",
        [_ByHours(HOURS, "Enter when it starts.")],
        format=_TIMES,
        invalid_value_message=_A_TIME,
    )
    ends = TimeField(
        "Ends",
        [_ByHours(HOURS, "Enter when it ends.")],
        format=_TIMES,
        invalid_value_message=_A_TIME,
    )
    last_on = DateField(
        "Last day",
        [_ByHours(DAYS, "Enter the last day.")],
        invalid_value_message=_A_DATE,
    )
    room = IntegerField(
        "How many visitors?",
        [needed("Enter how many can come.")],
        default=2,
        invalid_value_message="Enter a whole number, such as 2.",
    )
    about = LinesField("Anything to know?", [Depends(), _at_most(WORDS_MAX)])
    for_partners = BooleanField("Associates may ask too, not schools alone")
    no_pupil = BooleanField("The name in it is not a pupil’s", [Depends()])

    def details(self) -> VisitDetails:
        """Return what was filled in; times are London's."""
        whole = self.length.data == DAYS
        last = self.last_on.data if whole else self.on.data
        assert self.on.data is not None, "the form asks for the day"
        assert last is not None, "and for the last, if there are several"
        return VisitDetails(
            title=self.title.data or "",
            kind=VisitKind(self.kind.data),
            subject=self.subject.data or "",
            starts_at=_at(self.on.data, time() if whole else self.starts.data),
            ends_at=_at(last + _DAY if whole else last, time() if whole else self.ends.data),
            whole_days=whole,
            room=self.room.data or 0,
            about=self.about.data or "",
            for_partners=bool(self.for_partners.data),
        )


class VisitForm(ChangeVisitForm):
    """A new visit, and the school that opens it."""

    school_id = SelectField("Your school", coerce=int)

    def offer_schools(self, schools: Iterable[School]) -> None:
        """Let somebody choose between their schools."""
        _offer(self.school_id, schools)


class VisitHopeForm(Form):
    """A wish to come."""

    word = LinesField(
        "What do you hope to see?",
        [InputRequired("Say in a few words what you hope to see."), _at_most(WORDS_MAX)],
    )
    school_id = SelectField("Your school", [Depends()], coerce=int)

    def offer_schools(self, schools: Iterable[School]) -> None:
        """Let somebody choose between their schools; an associate has none."""
        _offer(self.school_id, schools)


class VisitAnswerForm(Form):
    """Yes or no to a colleague, by one of two buttons, and a word."""

    say = HiddenField(validators=[AnyOf([YES, NO], message="Press one of the two buttons.")])
    word = LinesField("A word to your colleague", [Depends(), _at_most(WORDS_MAX)])


class CancelVisitForm(Form):
    """Why a visit is cancelled."""

    word = LinesField(
        "Why is it cancelled?",
        [InputRequired("Say why. Whoever wants to come will read this."), _at_most(WORDS_MAX)],
    )


class VisitNoteForm(Form):
    """What a visitor took home."""

    note = LinesField("What did you take home?", [Depends(), _at_most(NOTE_MAX)])
    is_shared = BooleanField("Share it with everybody who sees network life")
    no_pupil = BooleanField("The name in it is not a pupil’s", [Depends()])


def _offer(field: SelectField, schools: Iterable[School]) -> None:
    own = [(school.id, school.name) for school in schools]
    field.choices = own or [(NONE, "No school")]
    if len(own) < 2:
        field.data = own[0][0] if own else NONE


def _at(on: date, at: time | None) -> datetime:
    assert at is not None, "the form asks for the hour"
    return datetime.combine(on, at, tzinfo=LONDON).astimezone(UTC)


def filled(visit: StaffVisit) -> dict[str, Any]:
    """Return a stored visit as the form's first values."""
    starts, ends = terms.london(visit.starts_at), terms.london(visit.ends_at)
    whole = visit.whole_days
    return {
        **vars(details_of(visit)),
        "kind": visit.kind.value,
        "length": DAYS if whole else HOURS,
        "on": starts.date(),
        "starts": None if whole else starts.time(),
        "ends": None if whole else ends.time(),
        "last_on": ends.date() - _DAY if whole else None,
    }


def noted(ask: VisitAsk) -> dict[str, Any]:
    """Return a stored note as the form's first values."""
    return {"note": ask.note, "is_shared": ask.note_shared}
