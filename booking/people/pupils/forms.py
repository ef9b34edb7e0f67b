"""Input about pupils: one pupil with up to two parents, a file, and its confirmation."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from wtforms import Form as PlainForm
from wtforms import (
    FormField,
    HiddenField,
    RadioField,
    SelectMultipleField,
    StringField,
    TelField,
)
from wtforms.validators import InputRequired, Length, ValidationError

from booking.domain import moving_up, terms, year_groups
from booking.foundation import clock, contacts
from booking.foundation.web.forms import AddressField, Form, YearGroupField, tidy
from booking.foundation.web.table_forms import TableFileForm
from booking.people.pupils.details import CLASS_MAX, NAME_MAX, ParentDetails, known_parents, told
from booking.people.pupils.imports.preview import PreviewLine
from booking.people.pupils.imports.same import LEAVE, PupilChoice
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

#: How the name of the question about a line begins.
_WHO = "who_"
NAME_LENGTH = Length(max=NAME_MAX, message=f"Use at most {NAME_MAX} characters.")


class ParentForm(PlainForm):
    """One parent: with an address to write to or, without one, a name for the letter."""

    name = StringField("Name", [NAME_LENGTH], filters=[tidy], render_kw={"autocomplete": "off"})
    email = AddressField("E-mail address", filters=[tidy], render_kw={"autocomplete": "off"})
    phone = TelField("Telephone", filters=[tidy], render_kw={"autocomplete": "off"})

    def validate_name(self, field: Any) -> None:
        """Ask for a name where there is an address or a number."""
        if (self.email.data or self.phone.data) and not field.data:
            raise ValidationError("Enter this parent’s name.")

    def validate_phone(self, field: Any) -> None:
        """Check the number."""
        _check(contacts.e164, field.data or "")

    @property
    def details(self) -> ParentDetails | None:
        """The parent, or None when the fields are empty."""
        if not self.name.data:
            return None
        return ParentDetails(self.name.data, self.email.data or "", self.phone.data or "")


class PupilForm(Form):
    """One pupil."""

    forename = StringField(
        "Forename", [InputRequired("Enter the forename that the pupil is known by."), NAME_LENGTH]
    )
    surname = StringField("Surname", [NAME_LENGTH])
    year_group = YearGroupField("Year group", validators=[InputRequired("Choose the year group.")])
    class_name = StringField(
        "Class", [Length(max=CLASS_MAX, message=f"Use at most {CLASS_MAX} characters.")]
    )
    first = FormField(ParentForm, "First parent or carer")
    second = FormField(ParentForm, "Second parent or carer")

    def __init__(self, *, school: School, pupil: Pupil | None = None) -> None:
        super().__init__(data=_known(pupil) if pupil is not None else {})
        self.year_group.choices = [
            (year, year_groups.name(year)) for year in range(school.low_year, school.high_year + 1)
        ]
        for field in (self.forename, self.surname, self.class_name):
            field.render_kw = {"autocomplete": "off"}

    @property
    def details(self) -> dict[str, Any]:
        """The details that the service takes."""
        return {
            "forename": self.forename.data,
            "surname": self.surname.data or "",
            "year_group": self.year_group.data,
            "class_name": self.class_name.data or "",
            "parents": [
                part.form.details for part in (self.first, self.second) if part.form.details
            ],
        }


class PupilFileForm(TableFileForm):
    """The list that a school's own system exported, as a file or pasted."""

    def __init__(self, *, owner: str) -> None:
        super().__init__(
            owner=owner, missing="Choose the file that your system exported, or paste the table."
        )


class PupilYesForm(Form):
    """Confirmation of a preview, with the rows that it showed.

    The page also asks who each doubtful row is about, and lets the person tick the pupils whose
    parents should all be replaced; only the preview knows which rows these are.
    """

    rows = HiddenField()
    #: The school year that the file's year groups are of, and the one that the preview took.
    school_year = RadioField("Which school year are the year groups of?", validate_choice=False)
    shown_year = HiddenField()

    #: The lines of the pupils whose parents should all be replaced.
    replaced = SelectMultipleField(coerce=int, validate_choice=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        now = terms.school_year(clock.today())
        self.school_year.choices = [(year, year) for year in (now, moving_up.next_year(now))]

    @property
    def years_offered(self) -> set[str]:
        """The school years that may be chosen."""
        return {str(value) for value, _ in self.school_year.choices}


class MoveUpForm(Form):
    """The list that the preview showed, and the pupils for whom something else is wanted."""

    seen = HiddenField()
    #: Pupils who would move and stay, or of whom the year is not known and who move.
    ticked = SelectMultipleField(validate_choice=False)


def yes_form(lines: Sequence[PreviewLine], **data: Any) -> PupilYesForm:
    """Return the form of a preview, with a question for each row in doubt."""
    data = {**data, "shown_year": data.get("school_year", "")}
    fields = {
        f"{_WHO}{line.number}": RadioField(
            f"Line {line.number}: who is {line.shown}?",
            choices={choice.value: _said(choice) for choice in line.choices},
            default=LEAVE,
            validators=[InputRequired()],
        )
        for line in lines
        if line.choices
    }
    form_class: type[PupilYesForm] = type("AskingForm", (PupilYesForm,), fields)
    return form_class(formdata=None, data=data)


def answers_in(sent: Iterable[tuple[str, str]]) -> dict[int, str]:
    """Return the answers about the rows in doubt, by line."""
    lines = ((name.removeprefix(_WHO), value) for name, value in sent if name.startswith(_WHO))
    return {int(line): value for line, value in lines if line.isdecimal() and len(line) < 9}


def _said(choice: PupilChoice) -> str:
    """Word one possible answer to who a row is about."""
    if choice.known is not None:
        parents = ", ".join(map(told, choice.known.parents))
        name = f"{choice.known.forename} {choice.known.surname}".strip()
        year = year_groups.name(choice.known.year_group)
        where = f"{year}, class {choice.known.class_name}" if choice.known.class_name else year
        return f"{name} on your list, {where}; {parents or 'no parents'}"
    if choice.line is not None:
        return f"The same pupil as on line {choice.line}: one pupil with all these contacts"
    if choice.value == LEAVE:
        return "Leave this row out for now"
    return "A pupil who is not on your list yet"


def _check(reading: Callable[[str], str], text: str) -> None:
    try:
        reading(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


def _known(pupil: Pupil) -> dict[str, Any]:
    parents = [
        {"name": parent.name, "email": parent.email, "phone": contacts.readable_phone(parent.phone)}
        for parent in known_parents(pupil)
    ]
    return {
        "forename": pupil.forename,
        "surname": pupil.surname,
        "year_group": pupil.year_group,
        "class_name": pupil.class_name,
        **dict(zip(("first", "second"), parents, strict=False)),
    }
