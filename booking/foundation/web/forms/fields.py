"""Fields for pounds, addresses, year groups, London times, checkboxes and whole numbers."""

from datetime import UTC, datetime
from typing import Any

from markupsafe import Markup
from wtforms import (
    DateTimeLocalField,
    EmailField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
)
from wtforms.validators import StopValidation, ValidationError
from wtforms.widgets import CheckboxInput, EmailInput, ListWidget

from booking.domain import money, year_groups
from booking.foundation import contacts
from booking.foundation.clock import LONDON


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


class AddressInput(EmailInput):
    """An address, and beside it, unseen, the one that the page has asked about."""

    def __call__(self, field: Any, **attributes: Any) -> Markup:
        """Write the input, and what a person has been asked."""
        shown = super().__call__(field, **attributes)
        if not field.asked_about:
            return Markup("{}").format(shown)
        hidden = Markup('<input type="hidden" name="{}" value="{}">')
        return Markup("{}{}").format(shown, hidden.format(field.asked_name, field.asked_about))


class AddressField(EmailField):
    """An address that mail will go to: one that can never get any is refused where it is typed.

    A likely slip (“gmial.com”) is asked about, once: sent again unchanged, it is meant.
    """

    widget = AddressInput()
    #: The address that the page asks about, or "".
    asked_about = ""
    #: What the person has been asked, and sent unchanged; a form may be validated several times.
    meant = ""

    @property
    def asked_name(self) -> str:
        """Return the name under which the page says what it asked about."""
        return f"{self.name}-asked"

    def process(self, formdata: Any, *arguments: Any, **options: Any) -> None:
        """Read the address, and which one the page has asked about."""
        super().process(formdata, *arguments, **options)
        self.asked_about = self.meant = formdata.get(self.asked_name, "") if formdata else ""

    def post_validate(self, form: Any, validation_stopped: bool) -> None:
        """Refuse what can never get mail, and ask about what looks like a slip."""
        if validation_stopped or self.errors or not self.data:
            return
        try:
            email = contacts.email_address(self.data)
        except contacts.NotAnEmail as error:
            raise ValidationError(str(error)) from error
        meant = contacts.meant_address(email)
        if meant and email not in (self.meant, self.object_data):
            self.asked_about = email
            raise ValidationError(
                f"Did you mean {meant}? Correct the address, or send the form again to keep "
                f"{email}."
            )


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


class CheckboxesField(SelectMultipleField):
    """Several checkboxes."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


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


class Depends:
    """Marks a field that another choice may need: its hint says so, not "(optional)"."""

    field_flags = {"depends": True}  # noqa: RUF012 - the library's own attribute

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing."""


def no_line_breaks(_form: Any, field: Any) -> None:
    """Refuse line breaks in text that becomes a mail header or a single line on paper."""
    if field.data and any(c in field.data for c in "\r\n"):
        raise ValidationError("Keep this on one line.")
