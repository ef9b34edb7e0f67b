"""What a lead and coordinators type: a new plan, a deadline, and wishes pupil by pupil."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wtforms import (
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from booking.days.events.models import Event
from booking.days.seasons import words
from booking.days.seasons.details import PupilWishes
from booking.days.seasons.models import PlannedPupil, Weighting
from booking.domain import english
from booking.foundation.web.forms import (
    CheckboxesField,
    Form,
    LondonField,
    WholeNumber,
    no_line_breaks,
)
from booking.people.pupils.models import Pupil

#: A pupil goes to no more of a plan's events than this.
AT_MOST_MAX = 20


class DaysForm(Form):
    """The days that a plan covers; a GET form."""

    class Meta(Form.Meta):
        """It changes nothing, so it needs no token."""

        csrf = False

    first = DateField("From", validators=[InputRequired("Enter the first day, such as 4/1/2027.")])
    last = DateField("To", validators=[InputRequired("Enter the last day, such as 26/3/2027.")])


class PlanForm(Form):
    """A new plan."""

    name = StringField(
        "Name of the plan",
        validators=[
            InputRequired("Give the plan a name, such as “Spring term”."),
            Length(max=80, message="Keep the name to 80 characters."),
            no_line_breaks,
        ],
    )
    events = CheckboxesField(
        "Events",
        validators=[InputRequired("Choose at least two events.")],
        validate_choice=False,
    )
    wishes_close_at = LondonField(
        "Schools enter choices until", validators=[InputRequired("Enter the day and the time.")]
    )
    at_most = WholeNumber(
        "Most events for one pupil",
        validators=[
            InputRequired("Enter a number, such as 1."),
            NumberRange(1, AT_MOST_MAX, message=f"Enter a number from 1 to {AT_MOST_MAX}."),
        ],
    )
    weighting = RadioField(
        "How schools are levelled",
        choices=words.WEIGHTINGS,
        coerce=Weighting,
        validators=[InputRequired("Choose how schools are levelled.")],
    )


class DeadlineForm(Form):
    """A later deadline."""

    wishes_close_at = LondonField(
        "Let schools enter choices until", validators=[InputRequired("Enter the day and the time.")]
    )


class WithdrawPlanForm(Form):
    """Why a plan is withdrawn."""

    reason = TextAreaField(
        "Why is the plan withdrawn?",
        validators=[
            InputRequired("Say why. The coordinators who entered choices will be told."),
            Length(max=500, message="Keep the reason to 500 characters."),
        ],
    )


class AcceptForm(Form):
    """Which proposal is accepted: the one that was reviewed."""

    digest = HiddenField()


class AtMostForm(Form):
    """How many events each pupil of a school may go to."""

    at_most = WholeNumber(
        "Most events for each pupil",
        validators=[
            InputRequired("Enter a number, such as 1."),
            NumberRange(1, AT_MOST_MAX, message=f"Enter a number from 1 to {AT_MOST_MAX}."),
        ],
    )


@dataclass(frozen=True)
class AskedPupil:
    """A pupil in the form, the events for the pupil's year, and the answers so far."""

    pupil: Pupil
    events: Sequence[Event]
    row: PlannedPupil | None
    #: The pupil's name, told apart from that of a namesake.
    name: str

    @property
    def key(self) -> str:
        """How the names of the pupil's fields end."""
        return self.pupil.public_id

    @property
    def wished(self) -> list[str]:
        """The events wished for so far."""
        ids = {wish.event_id for wish in self.row.wishes} if self.row else set()
        return [event.slug for event in self.events if event.id in ids]

    @property
    def first(self) -> str:
        """The first choice so far, or nothing."""
        ids = {wish.event_id for wish in self.row.wishes if wish.is_first} if self.row else set()
        return next((event.slug for event in self.events if event.id in ids), "")

    @property
    def at_most(self) -> str:
        """The most events for this pupil, if set."""
        return str(self.row.at_most) if self.row and self.row.at_most else ""

    def said(self, default: int) -> str:
        """Return the pupil's wishes, in a few words."""
        if not self.wished:
            return "No choices yet"
        return f"{english.plural(len(self.wished), 'event')}, at most {self.at_most or default}"


def wishes_form(asked: Sequence[AskedPupil], default: int) -> Form:
    """Return a form with some pupils' wishes: what they could go to, and how many events."""
    fields: dict[str, object] = {}
    alone = len(asked) == 1
    for one in asked:
        of, for_ = ("", "") if alone else (f" of {one.name}", f" for {one.name}")
        titles = {event.slug: event.title for event in one.events}
        most = range(1, max(len(titles), default, int(one.at_most or 1)) + 1)
        fields[events_name(one.key)] = CheckboxesField(
            f"Events{for_}",
            choices=titles,
            default=one.wished,
            validate_choice=False,
        )
        fields[first_name(one.key)] = SelectField(
            f"First choice{of}",
            choices={"": "No first choice", **titles},
            default=one.first,
            validate_choice=False,
        )
        fields[most_name(one.key)] = SelectField(
            f"Most events{for_}",
            choices={"": f"{default}, as for everybody"} | {str(n): str(n) for n in most},
            default=one.at_most,
        )
        fields[seen_name(one.key)] = HiddenField(default="1")
    form: Form = type("WishesForm", (Form,), fields)()
    return form


def answers(form: Form, asked: Sequence[AskedPupil]) -> list[PupilWishes]:
    """Return what was typed for each pupil that the page showed."""
    return [
        PupilWishes(
            pupil=one.pupil,
            events=tuple(dict.fromkeys(form[events_name(one.key)].data or ())),
            first=form[first_name(one.key)].data or "",
            at_most=int(form[most_name(one.key)].data or 0) or None,
        )
        for one in asked
        if form[seen_name(one.key)].raw_data
    ]


def field_names(form: Form, asked: Sequence[AskedPupil]) -> Mapping[str, tuple[object, ...]]:
    """Return the fields of each pupil, by public id: events, first choice, most events."""
    return {
        one.key: (
            form[events_name(one.key)],
            form[first_name(one.key)],
            form[most_name(one.key)],
            form[seen_name(one.key)],
        )
        for one in asked
    }


def events_name(key: str) -> str:
    """Return the name of the field with a pupil's events."""
    return f"events-{key}"


def first_name(key: str) -> str:
    """Return the name of the field with a pupil's first choice."""
    return f"first-{key}"


def most_name(key: str) -> str:
    """Return the name of the field with a pupil's most events."""
    return f"most-{key}"


def seen_name(key: str) -> str:
    """Return the name of the hidden field that says that a pupil was on the page."""
    return f"seen-{key}"
