"""Input about resources: what one is, a version, how it went, a word, what is looked for."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length

from booking.days.events import labels as event_labels
from booking.days.events.forms.rows import LinesField
from booking.domain.resourcing import (
    ABOUT_MAX,
    CHANGED_MAX,
    NOTE_MAX,
    SUBJECT_NAMES,
    TITLE_MAX,
    WORD_MAX,
    Licence,
    PupilsShown,
    ResourceDetails,
    ResourceKind,
    SubjectArea,
)
from booking.foundation.files.details import Upload
from booking.foundation.files.forms import ACCEPT, looked_at
from booking.foundation.web.forms import CheckboxesField, Depends, Form, YearGroupField
from booking.network.resources import words
from booking.network.resources.details import NoteDetails, VersionContent, details_of
from booking.network.resources.models import Resource, TriedNote
from booking.people.schools.models import School

#: Stands for "no school" and for "no event" in lists of ids.
NONE = 0
_ONE = "Choose one of these."
_SHOWN = "Say whether it shows pupils."


def _at_most(most: int) -> Length:
    return Length(max=most, message=f"Shorten this to {most:,} characters.")


def _choices(names: Mapping[Any, str]) -> list[SelectChoice]:
    return [SelectChoice(value, name) for value, name in names.items()]


class VersionFields(Form):
    """One file or one link, and whether it shows pupils."""

    file = FileField("File", [Depends()], render_kw={"accept": ACCEPT})
    link = StringField("Or a link", [Depends()])
    shown = RadioField(
        "Does it show pupils?",
        [InputRequired(_SHOWN), AnyOf([*PupilsShown], message=_SHOWN)],
        choices=_choices(words.SHOWN_NAMES),
        validate_choice=False,
    )
    families_agreed = BooleanField(words.AGREED, [Depends()])
    upload: Upload | None = None

    def validate_file(self, field: FileField) -> None:
        """Look at what was sent, if anything was."""
        if field.data is not None and field.data.filename:
            self.upload = looked_at(field)

    def content(self) -> VersionContent:
        """Return the version."""
        return VersionContent(
            upload=self.upload,
            link=self.link.data or "",
            shown=PupilsShown(self.shown.data),
            families_agreed=bool(self.families_agreed.data),
        )


class AboutFields(Form):
    """What is said about a resource, whichever its version."""

    title = StringField("Title", [InputRequired("Give it a title."), _at_most(TITLE_MAX)])
    about = LinesField(
        "What is it, and how did you use it?",
        [InputRequired("Say in a few words what it is."), _at_most(ABOUT_MAX)],
    )
    kind = SelectField(
        "What kind of thing is it?", [InputRequired(_ONE)], choices=_choices(words.KIND_NAMES)
    )
    subjects = CheckboxesField(
        "Subjects",
        [InputRequired("Choose at least one subject.")],
        choices=_choices(SUBJECT_NAMES),
    )
    low_year = YearGroupField(
        event_labels.of("low_year"), validators=[InputRequired(_ONE)], default=1
    )
    high_year = YearGroupField(
        event_labels.of("high_year"), validators=[InputRequired(_ONE)], default=6
    )
    licence = SelectField(
        "What may others do with it?",
        [InputRequired(_ONE)],
        choices=_choices(words.LICENCE_NAMES),
        default=Licence.NETWORK.value,
    )
    used_at_id = SelectField("Where was it used?", [Depends()], coerce=int, default=NONE)

    def offer(self, events: Iterable[tuple[int, str]]) -> None:
        """Let somebody choose the event where it was used."""
        self.used_at_id.choices = [(NONE, "At none of the network’s events"), *events]

    def details(self) -> ResourceDetails:
        """Return what was filled in."""
        return ResourceDetails(
            title=self.title.data or "",
            about=self.about.data or "",
            kind=ResourceKind(self.kind.data),
            licence=Licence(self.licence.data),
            subjects=frozenset(SubjectArea(each) for each in self.subjects.data or []),
            low_year=self.low_year.data,
            high_year=self.high_year.data,
        )


class OwnSchoolField(SelectField):
    """For which of their schools somebody speaks."""

    def __init__(self, label: str, **more: Any) -> None:
        super().__init__(
            label,
            [InputRequired("Choose a school.")],
            coerce=int,
            choices=[],
            invalid_choice_message="Choose one of these.",
            **more,
        )

    def offer(self, schools: Iterable[School], *, besides: str) -> None:
        """Let somebody choose between their schools, and what else they speak for, if anything."""
        none = [(NONE, besides)] if besides else []
        self.choices = [*((school.id, school.name) for school in schools), *none]


class ShareForm(AboutFields, VersionFields):
    """A new resource with its first version."""

    school_id = OwnSchoolField("Whose is it?")


class ChangeResourceForm(AboutFields):
    """What is said about a resource that is there."""


class ResourceVersionForm(VersionFields):
    """A new version of a resource."""

    changed = StringField(
        "What changed?",
        [InputRequired("Say in a line what changed."), _at_most(CHANGED_MAX)],
    )


class TriedForm(Form):
    """How it went with a resource."""

    worked = LinesField("What worked?", [Depends(), _at_most(NOTE_MAX)], render_kw={"rows": 3})
    did_not = LinesField("What did not?", [Depends(), _at_most(NOTE_MAX)], render_kw={"rows": 3})
    year = YearGroupField("With which year group?", validators=[InputRequired(_ONE)], default=5)
    school_id = OwnSchoolField("Your school")

    def said(self) -> NoteDetails:
        """Return what was filled in."""
        return NoteDetails(self.worked.data or "", self.did_not.data or "", self.year.data)


class ResourceWordForm(Form):
    """A word: why something is withdrawn or hidden, what is wrong, what was done."""

    word = LinesField("Why?", [InputRequired("Say it in a few words."), _at_most(WORD_MAX)])

    def asking(self, label: str) -> "ResourceWordForm":
        """Ask for the word in these words."""
        self.word.label.text = label
        return self


def filled(resource: Resource) -> dict[str, Any]:
    """Return what is said about a stored resource as the form's first values."""
    details = details_of(resource)
    return {
        **vars(details),
        "kind": details.kind.value,
        "licence": details.licence.value,
        "subjects": sorted(each.value for each in details.subjects),
        "used_at_id": resource.used_at_id or NONE,
    }


def said_before(note: TriedNote) -> dict[str, Any]:
    """Return a stored note as the form's first values."""
    return {"worked": note.worked, "did_not": note.did_not, "year": note.year}
