"""Many paper slips typed in on one page: a row for each pupil, with the questions of one slip."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wtforms import (
    BooleanField,
    FormField,
    HiddenField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from booking.foundation import contacts
from booking.foundation.web.forms import Form
from booking.money.checkout.forms.fields import longest
from booking.money.checkout.forms.replies import PaperForm
from booking.money.checkout.queries.slips import SlipRow

YES, NO = "yes", "no"


class SlipRowForm(PaperForm):
    """One row. Until its answer is chosen there is no slip, and nothing is recorded."""

    class Meta(PaperForm.Meta):
        """The page has the token."""

        csrf = False

    agreed: Any = SelectField(
        "Answer",
        choices=[SelectChoice("", "No slip yet"), SelectChoice(YES, "Yes"), SelectChoice(NO, "No")],
    )

    @property
    def is_chosen(self) -> bool:
        """Whether there is a slip."""
        return self.agreed.data in {YES, NO}

    @property
    def is_wrong(self) -> bool:
        """Whether something in the row is to be corrected."""
        return bool(self.errors)

    @property
    def has_more(self) -> bool:
        """Whether something was told that the row does not say by itself."""
        told = (self.health.data, self.access.data, self.diets.data, self.collected_by.data)
        # As typed: it may be no answer to the question.
        asked = [field.data for field in self.asked.form]
        return any(told) or any(each not in (None, "", []) for each in asked)

    @property
    def is_as_assumed(self) -> bool:
        """Whether the slip tells nothing that the row does not say by itself."""
        return self.is_day_as_assumed and not self.has_more

    def validate(self, extra_validators: Any = None) -> bool:
        """Validate a slip; where there is none, refuse answers that belong to nothing."""
        if self.is_chosen:
            return bool(super().validate(extra_validators))
        if self.has_more:
            self.agreed.errors = ["Choose yes or no, or take out what you typed."]
        return not self.has_more


class SlipsForm(Form):
    """All rows of a page; each is a part of its own."""

    rows: tuple[SlipRow, ...] = ()
    #: The digest of the event on the page by which the slips were typed in.
    read: Any = HiddenField()

    def parts(self) -> Iterable[tuple[SlipRow, Any]]:
        """Yield each pupil and the row's own form."""
        for row in self.rows:
            yield row, self._fields[row.field_name].form


def slips_form(rows: Iterable[SlipRow], row_form: type[SlipRowForm]) -> SlipsForm:
    """Return the form with a row for each pupil: name and number are filled in from the list."""
    rows = tuple(rows)
    fields = {row.field_name: FormField(row_form, row.label) for row in rows}
    known = {
        row.field_name: {
            "given_by": row.parent_name,
            "emergency_name": row.parent_name,
            "emergency_phone": contacts.readable_phone(row.parent_phone),
        }
        for row in rows
    }
    made: type[SlipsForm] = type("AllSlipsForm", (SlipsForm,), {**fields, "rows": rows})
    return made(data=known)


@dataclass(frozen=True)
class SlipQuestion:
    """One question as the printed slip asks it: boxes to tick, or room to write."""

    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    is_long: bool = False


#: What the slip asks in its own words, or carries without asking.
_NOT_ASKED = frozenset({"agreed", "given_by", "read", "csrf_token", "forget_health"})


def slip_questions(form: Any) -> list[SlipQuestion]:
    """Return the questions of a slip, in the order in which they are typed in.

    This is read off the form itself, so that paper and page never ask different things.
    """
    found = []
    for field in form:
        if field.short_name in _NOT_ASKED:
            continue
        if isinstance(field, FormField):
            found += slip_questions(field.form)
        else:
            every: Any = getattr(field, "iter_choices", tuple)()
            choices = tuple(str(label) for value, label, *_ in every if value)
            is_long = isinstance(field, TextAreaField)
            said = str(field.label.text), str(field.description or "")
            found.append(SlipQuestion(*said, choices, is_long))
    return found


class LetterForm(Form):
    """One family's letter once more."""

    ends_earlier: Any = BooleanField(
        "An earlier letter is lost: its QR code and its code open nothing any more"
    )


class LetterCodeForm(Form):
    """The code of a letter, as somebody types it."""

    code: Any = StringField(
        "The code in your letter",
        [InputRequired("Type the code in your letter: twelve letters."), longest(40)],
        render_kw={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"},
    )
