"""What families answer: consent, needs and the day, by private link or on paper."""

from typing import Any

from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    RadioField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Optional, StopValidation

from booking.days.questions.forms import AskedForm, told_in
from booking.domain.needs import (
    COLLECTION_WORDS,
    DIET_WORDS,
    PHOTO_WORDS,
    Collection,
    Diet,
    PhotoPermission,
)
from booking.foundation import contacts
from booking.foundation.web.forms import CheckboxesField, Form, no_line_breaks
from booking.money.checkout.forms.fields import longest

HEALTH_MAX, ACCESS_MAX, NAME_MAX, QUESTION_MAX = 500, 200, 80, 500
#: As a family reads them: the host is told to ask the school, but the family is not.
DIETS = {**DIET_WORDS, Diet.OTHER: "Something else: the school will ask you"}


class Telephone:
    """Read a telephone number as typed in England and store it as "+44…"."""

    def __call__(self, form: Any, field: Any) -> None:
        """Replace what was typed with its standard form, or say what to type."""
        try:
            field.data = contacts.e164(field.data or "")
        except contacts.NotAPhone as error:
            raise StopValidation(str(error)) from error


def name_field(label: str, missing: str) -> Any:
    """Return a field for a person's name; `missing` is what is said without one."""
    return StringField(
        label, validators=[InputRequired(missing), longest(NAME_MAX), no_line_breaks]
    )


class StillFineForm(Form):
    """The digest of what a page said about the event, to be agreed to by one button."""

    read = HiddenField()


class StillFineOnPaperForm(StillFineForm):
    """What a parent answered on paper, or told the school, about an event that has moved."""

    agreed: Any = RadioField(
        "What does the parent say?",
        choices=[
            SelectChoice("yes", "Yes: still fine"),
            SelectChoice("no", "No: the place is given back"),
        ],
        validators=[InputRequired("Choose what the parent says.")],
    )
    given_by: Any = name_field("Name of the parent", "Enter the name of the parent.")


class NeedsForm(Form):
    """Health, access and food."""

    health: Any = TextAreaField(
        "Is there anything that could become an emergency?", validators=[longest(HEALTH_MAX)]
    )
    forget_health: Any = BooleanField("Delete what I wrote earlier")
    access: Any = StringField(
        "What would make the day easier?", validators=[longest(ACCESS_MAX), no_line_breaks]
    )
    diets: Any = CheckboxesField(
        "Food", choices=[SelectChoice(diet.value, words) for diet, words in DIETS.items()]
    )

    def chosen_diets(self) -> list[Diet]:
        """Return the codes that were ticked."""
        return [Diet(value) for value in self.diets.data or []]

    def health_text(self) -> str | None:
        """Return what is new: a text, "" to delete the old one, None to keep it."""
        if self.health.data:
            return str(self.health.data)
        return "" if self.forget_health.data else None


class DayForm(Form):
    """Photos, getting home, and whom to ring."""

    photo: Any = RadioField(
        "Photos",
        choices=[SelectChoice(each.value, words) for each, words in PHOTO_WORDS.items()],
        default=PhotoPermission.NONE.value,
        validators=[InputRequired("Choose what applies to photos.")],
    )
    collection: Any = RadioField(
        "At the end of the day",
        choices=[SelectChoice(each.value, words) for each, words in COLLECTION_WORDS.items()],
        default=Collection.SCHOOL.value,
        validators=[InputRequired("Choose how your child will go home.")],
    )
    collected_by: Any = StringField(
        "Who will collect your child, if a named adult does",
        validators=[longest(NAME_MAX), no_line_breaks],
    )
    emergency_name: Any = name_field(
        "Name of somebody we can ring in an emergency",
        "Enter the name of somebody we can ring in an emergency.",
    )
    emergency_phone: Any = TelField(
        "Their telephone number",
        validators=[InputRequired("Enter a telephone number for an emergency."), Telephone()],
    )

    @classmethod
    def filled(cls, *, emergency_phone: str, **before: Any) -> "DayForm":
        """Return the form as answered before, with the number as people read it out."""
        phone = contacts.readable_phone(emergency_phone)
        return cls(formdata=None, data={**before, "emergency_phone": phone})

    def facts(self) -> dict[str, Any]:
        """Return the answers as the service takes them."""
        return {
            "photo": PhotoPermission(self.photo.data),
            "collection": Collection(self.collection.data),
            "collected_by": self.collected_by.data or "",
            "emergency_name": self.emergency_name.data,
            "emergency_phone": self.emergency_phone.data,
        }

    @property
    def is_day_as_assumed(self) -> bool:
        """Whether nothing about the day is other than the page says by itself."""
        return (self.photo.data, self.collection.data, self.collected_by.data or "") == (
            PhotoPermission.NONE.value,
            Collection.SCHOOL.value,
            "",
        )


class QuestionsForm(Form):
    """What the host asks besides; made for the questions of one event by `asking`."""

    asked: Any = FormField(AskedForm, "")


class ReplyForm(NeedsForm, DayForm, QuestionsForm):
    """A parent's whole reply. Most families type nothing: their name and number are filled in."""

    #: There is nothing yet that could be deleted.
    forget_health = None
    given_by: Any = name_field("Your full name", "Type your full name to give consent.")
    #: The digest of the event on the page that was read.
    read: Any = HiddenField()
    #: Whether that page said that somebody else had replied.
    after_others: Any = HiddenField()

    def told(self) -> dict[str, Any]:
        """Return the whole reply as the service takes it."""
        return {
            "given_by": self.given_by.data,
            "health": self.health.data or "",
            "access": self.access.data or "",
            "diets": self.chosen_diets(),
            "asked": told_in(self.asked.form),
            **self.facts(),
        }

    @property
    def day_words(self) -> str:
        """Return what holds for the day as long as nothing else is chosen; "" without a number."""
        if not self.emergency_phone.data:
            return ""
        way = COLLECTION_WORDS.get(self.collection.data, "").lower()
        photos = PHOTO_WORDS.get(self.photo.data, "").lower()
        phone = contacts.readable_phone(self.emergency_phone.data)
        ring = ", ".join(filter(None, [self.emergency_name.data, phone]))
        return f"On the day: {way}; {photos}; in an emergency we ring {ring}."


class AskForm(Form):
    """A question to the school."""

    text: Any = TextAreaField(
        "What would you like to ask?",
        validators=[InputRequired("Write what you would like to ask."), longest(QUESTION_MAX)],
    )


class PaperForm(NeedsForm, DayForm, QuestionsForm):
    """A paper slip, typed in by the school."""

    agreed: Any = RadioField(
        "What does the slip say?",
        choices=[
            SelectChoice("yes", "Yes: the pupil will take part"),
            SelectChoice("no", "No: the pupil will not come"),
        ],
        validators=[InputRequired("Choose what the slip says.")],
    )
    given_by: Any = name_field(
        "Name of the parent who signed", "Enter the name of the parent who signed."
    )

    read: Any = HiddenField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("given_by", "agreed"):  # asked first, so corrected first
            self._fields.move_to_end(name, last=False)

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate a slip; one that says no needs nothing else."""
        if self.agreed.data == "no":
            names = set(self._fields) - {"agreed", "given_by", "csrf_token"}
            for name in names:
                self._fields[name].validators = [Optional()]
        return bool(super().validate(extra_validators))
