"""Fields for pounds, year groups, London times and whole numbers."""

from datetime import UTC, datetime
from typing import Any

from wtforms import DateTimeLocalField, IntegerField, SelectField, StringField
from wtforms.validators import StopValidation, ValidationError

from booking.domain import money, year_groups
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


class Depends:
    """Marks a field that another choice may need: its hint says so, not "(optional)"."""

    field_flags = {"depends": True}  # noqa: RUF012 - the library's own attribute

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing."""


def no_line_breaks(_form: Any, field: Any) -> None:
    """Refuse line breaks in text that becomes a mail header or a single line on paper."""
    if field.data and any(c in field.data for c in "\r\n"):
        raise ValidationError("Keep this on one line.")
