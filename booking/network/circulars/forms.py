"""Input about circulars: what is said, to whom and when."""

from collections.abc import Sequence
from datetime import UTC, datetime

from wtforms import BooleanField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, Optional

from booking.days.events.forms.rows import LinesField
from booking.domain import school_phases
from booking.domain.circular_texts import ReadyText
from booking.domain.circulars import NAME_MAX, SUBJECT_MAX, TO_FAMILIES, Readership
from booking.domain.permissions import ROLE_PLURALS
from booking.foundation.web.forms import CheckboxesField, Depends, Form, LondonField
from booking.network.circulars import words
from booking.network.circulars.details import CircularDetails, Speaker, TemplateDetails
from booking.network.circulars.models import Circular, CircularTemplate

_WHOM = "Choose who reads it."


def _several(label: str, choices: list[SelectChoice]) -> CheckboxesField:
    # The service checks what can be chosen.
    return CheckboxesField(label, [Depends()], choices=choices, validate_choice=False)


class CircularForm(Form):
    """Everything that somebody writes to many."""

    readership = RadioField(
        "Who reads it?",
        validators=[InputRequired(_WHOM), AnyOf([*Readership], message=_WHOM)],
        validate_choice=False,
    )
    roles = _several("Roles", [SelectChoice(role, name) for role, name in ROLE_PLURALS.items()])
    phases = _several(
        "Kinds of school",
        [SelectChoice(phase, school_phases.WORDS[phase]) for phase in school_phases.PHASES],
    )
    subject = StringField(
        "Subject",
        [
            InputRequired("Write what it is about."),
            Length(max=SUBJECT_MAX, message=f"Shorten this to {SUBJECT_MAX} characters."),
        ],
    )
    text = LinesField(
        "What you want to say",
        [InputRequired("Write what you want to say.")],
        render_kw={"rows": 12},
    )
    may_wait = BooleanField("It can wait for the reader’s one mail of the day, at seven")

    def offer(self, speaker: Speaker) -> "CircularForm":
        """Let somebody choose the readerships that they may write to."""
        self.readership.choices = [
            SelectChoice(readership, words.READERSHIP_NAMES[readership])
            for readership in speaker.readerships
        ]
        if speaker.event is not None:
            del self["roles"]
            del self["phases"]
        if set(speaker.readerships) <= set(TO_FAMILIES):
            del self["may_wait"]
        return self

    def details(self) -> CircularDetails:
        """Return what was filled in."""
        readership = Readership(self.readership.data)
        lists = {Readership.ROLES: "roles", Readership.PHASES: "phases"}
        name = lists.get(readership, "")
        return CircularDetails(
            readership=readership,
            subject=self.subject.data or "",
            text=self.text.data or "",
            chosen=tuple(self[name].data or ()) if name in self else (),
            may_wait=bool("may_wait" in self and self["may_wait"].data),
        )


def filled(circular: Circular) -> dict[str, object]:
    """Return a stored circular as the form's first values."""
    return {
        "readership": circular.readership,
        "roles": circular.chosen if circular.readership is Readership.ROLES else [],
        "phases": circular.chosen if circular.readership is Readership.PHASES else [],
        "subject": circular.subject,
        "text": circular.text,
        "may_wait": circular.may_wait,
    }


def started_form(start: CircularTemplate | ReadyText | None) -> CircularForm:
    """Return the form of a new circular, begun with the words of a text if there is one."""
    form = CircularForm()
    if start is not None and not form.is_submitted():
        form.readership.data = start.readership
        form.roles.data = list(start.chosen) if isinstance(start, ReadyText) else []
        form.subject.data, form.text.data = start.subject, start.text
    return form


def _name_field() -> StringField:
    return StringField(
        "Name of the template",
        [
            InputRequired("Give it a name."),
            Length(max=NAME_MAX, message=f"Shorten this to {NAME_MAX} characters."),
        ],
    )


class KeepTextForm(Form):
    """What a template of a circular is called."""

    name = _name_field()


class TemplateForm(Form):
    """A text to start circulars from."""

    name = _name_field()
    readership = RadioField(
        "Who will read it?",
        validators=[InputRequired(_WHOM), AnyOf([*Readership], message=_WHOM)],
        validate_choice=False,
    )
    subject = StringField(
        "Subject",
        [
            InputRequired("Write what it is about."),
            Length(max=SUBJECT_MAX, message=f"Shorten this to {SUBJECT_MAX} characters."),
        ],
    )
    text = LinesField(
        "What it says", [InputRequired("Write what it says.")], render_kw={"rows": 12}
    )

    def offer(self, readerships: Sequence[Readership]) -> "TemplateForm":
        """Let somebody choose among these readerships."""
        self.readership.choices = [
            SelectChoice(readership, words.READERSHIP_NAMES[readership])
            for readership in readerships
        ]
        self.readership.validate_choice = True
        return self

    def details(self) -> TemplateDetails:
        """Return what was filled in."""
        return TemplateDetails(
            name=self.name.data or "",
            readership=Readership(self.readership.data),
            subject=self.subject.data or "",
            text=self.text.data or "",
        )


def kept_as(template: CircularTemplate) -> dict[str, object]:
    """Return a stored template as the form's first values."""
    return {name: getattr(template, name) for name in ("name", "readership", "subject", "text")}


class SendForm(Form):
    """When it goes out: empty for at once."""

    at = LondonField("Send it on a day to come", [Optional()])

    def instant(self) -> datetime | None:
        """Return when it is to go out, or None for at once."""
        return self.at.data.astimezone(UTC) if self.at.data else None
