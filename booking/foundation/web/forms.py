"""The base of all forms, and fields for pounds, year groups and London times."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any, TypeVar

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_wtf import FlaskForm
from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField
from wtforms.validators import StopValidation, ValidationError

from booking.domain import money, names, year_groups
from booking.foundation.clock import LONDON
from booking.foundation.web import acts
from booking.foundation.web.acts import Done

T = TypeVar("T")
#: What a service may raise, each with the name of its field ("" for the top of the page), or with
#: what finds that name in the refusal. The first that fits counts; but a refusal that has a `field`
#: or `problems` of its own says itself where it belongs.
Refusals = Mapping[type[Exception], str | Callable[[Any], str]]
_NONE: Refusals = MappingProxyType({})


class Form(FlaskForm):
    """A form that strips white space and can show a service's refusal beside a field."""

    class Meta(FlaskForm.Meta):
        """Strip text on the way in; refuse in our own words."""

        def get_translations(self, form: Any) -> Any:
            """Return the plain English versions of the library's own messages."""
            return _PLAIN_ENGLISH

        def bind_field(self, form: Any, unbound_field: Any, options: Any) -> Any:
            """Give every text field the filter that tidies it."""
            if issubclass(unbound_field.field_class, StringField):
                filters = list(unbound_field.kwargs.get("filters", ()))
                if tidy not in filters and not unbound_field.kwargs.get("render_kw", {}).get(
                    "data-verbatim"
                ):
                    unbound_field.kwargs["filters"] = (*filters, tidy)
            return unbound_field.bind(form=form, **options)

    #: What the service refused, for a page that then asks something else.
    refusal: Exception | None = None

    def carry_out(self, act: Callable[[], T], refusals: Refusals = _NONE) -> Done[T] | None:
        """Do what the form asks for, once it has been sent and its fields will do.

        Return what came of it; None when the page is to be shown: for the first time, or again
        with what was typed and what is wrong with it.
        """
        return self.attempt(act, refusals) if self.validate_on_submit() else None

    def attempt(self, act: Callable[[], T], refusals: Refusals = _NONE) -> Done[T] | None:
        """Do what was asked for in one transaction, whatever the fields hold, or say why not.

        For a form that was checked before, and for buttons that ask for no field.
        """
        try:
            return Done(acts.run(act))
        except tuple(refusals) as refusal:
            self.show_refusal(refusal, refusals)
            return None

    def show_refusal(self, refusal: Exception, refusals: Refusals) -> None:
        """Show a refusal where it says itself, else where the first that fits says."""
        self.refusal = refusal
        if problems := getattr(refusal, "problems", ()):
            self.show_problems(problems)
            return
        field = next(field for kind, field in refusals.items() if isinstance(refusal, kind))
        named = field(refusal) if callable(field) else field
        self.refuse(str(refusal), field=getattr(refusal, "field", "") or named)

    def show_problems(self, problems: Iterable[Any]) -> None:
        """Show each problem that a refusal brings beside its own field."""
        for problem in problems:
            self.refuse(problem.words, field=problem.field)

    def page(self, template: str, **facts: Any) -> ResponseReturnValue:
        """Return the page that the form stands on: 422 when it was sent and was not carried out."""
        return render_template(template, form=self, **facts), 422 if self.is_submitted() else 200

    def refuse(self, message: str, field: str = "") -> None:
        """Show a service's refusal beside `field`, or at the top of the form."""
        if field and field in self._fields:
            self._fields[field].errors = (*self._fields[field].errors, message)
        else:
            self.form_errors.append(message)

    def lift(self) -> None:
        """Show every refusal at the top: the fields are not on the page for it to stand beside."""
        for field in self:
            self.form_errors.extend(field.errors)
            field.errors = ()


class ButtonForm(Form):
    """An action that is one button: only the token is checked."""


def tidy(value: Any) -> Any:
    """Trim white space and drop control characters; anything but text is left as it is."""
    return names.tidy(value) if isinstance(value, str) else value


class _PlainEnglish:
    """The library's messages for fields without a message of our own, in plain English."""

    WORDS = MappingProxyType(
        {
            "This field is required.": "This is required.",
            "Not a valid choice.": "Choose one of these.",
            "Invalid Choice: could not coerce.": "Choose one of these.",
            "Not a valid date value.": "Enter a date, such as 12/06/2026.",
            "Not a valid datetime value.": "Enter a date and a time, such as 12/06/2026 16:00.",
            "Not a valid time value.": "Enter a time, such as 09:15.",
            "Not a valid integer value.": "Enter a whole number, such as 12.",
            "Not a valid decimal value.": "Enter a number, such as 12.5.",
        }
    )

    def gettext(self, string: str) -> str:
        """Return our words for the library's, or the library's own if we have none."""
        return self.WORDS.get(string, string)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the form of a message for a number."""
        return singular if count == 1 else plural


_PLAIN_ENGLISH = _PlainEnglish()


class MoneyField(StringField):
    """An amount typed in pounds ("6", "£6.50"); `data` is whole pence."""

    data: Any

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else money.pounds(self.data).lstrip("£")

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read pounds into pence, keeping what was typed when it is not an amount."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = money.parse_pounds(valuelist[0])
        except money.NotAnAmount as error:
            raise ValueError(str(error)) from error


class YearGroupField(SelectField):
    """A year group from Nursery to Year 13; `data` is its ordinal."""

    def __init__(self, label: str = "", **options: Any) -> None:
        choices = {n: year_groups.name(n) for n in year_groups.ALL}
        super().__init__(label, coerce=int, choices=choices, **options)


class LondonField(DateTimeLocalField):
    """A date and time in London; `data` is an aware UTC instant."""

    data: Any

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read London time into UTC."""
        super().process_formdata(valuelist)
        if self.data is not None:
            self.data = self.data.replace(tzinfo=LONDON).astimezone(UTC)

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        if not isinstance(self.data, datetime):
            return ""
        return self.data.astimezone(LONDON).strftime("%Y-%m-%dT%H:%M")


class WholeNumber(IntegerField):
    """A whole number, refused in plain words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read digits; an empty field is None."""
        self.data = None
        if not valuelist or not valuelist[0].strip():
            return
        try:
            self.data = int(valuelist[0])
        except ValueError as error:
            raise ValueError("Enter a whole number, such as 12.") from error

    def pre_validate(self, form: Any) -> None:
        """Report one thing at a time: something that is not a number is not also too small."""
        if self.process_errors:
            raise StopValidation


def no_line_breaks(_form: Any, field: Any) -> None:
    """Refuse line breaks in text that becomes a mail header or a single line on paper."""
    if field.data and any(c in field.data for c in "\r\n"):
        raise ValidationError("Keep this on one line.")
