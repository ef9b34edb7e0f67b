"""Rows that can be added to a form: dates, parts of the fee, lines of the budget."""

from datetime import UTC, date, datetime, time
from typing import Any

from wtforms import DateField, SelectField, StringField, TextAreaField, TimeField
from wtforms.validators import Optional, StopValidation

from booking.days.events.details import CostDetails, DateDetails
from booking.domain import funds, names
from booking.domain.charging import FeePart
from booking.domain.funds import Fund
from booking.foundation.clock import LONDON
from booking.foundation.web.forms import Depends, Form, LondonField, MoneyField

#: What stands in for a time that has not been entered yet.
MORNING = time(9, 0)


class RowForm(Form):
    """A row within a form; the form around it carries the token."""

    class Meta(Form.Meta):
        """The form around it carries the token."""

        csrf = False

    #: Names of the fields that a person types into; a row with all of them empty does not count.
    typed: tuple[str, ...] = ()
    #: Whether it is not finished, in a draft; then it is kept as it was typed.
    is_unread = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed into this row."""
        return not any(str((self[name].raw_data or [""])[0]).strip() for name in self.typed)

    def validate(self, extra_validators: Any = None) -> bool:
        """Check a row that is not empty."""
        return self.is_empty or bool(super().validate(extra_validators))


class Wanted:
    """Marks a field that publication needs but a draft may leave empty."""

    field_flags = {"required": True}  # noqa: RUF012 - the library's own attribute

    def __call__(self, _form: Any, _field: Any) -> None:
        """Refuse nothing."""


def needed(words: str) -> Any:
    """Return a validator that asks for what a row must have, in these words."""

    def check(_form: Any, field: Any) -> None:
        if not str((field.raw_data or [""])[0]).strip():
            field.errors = []  # saying what to enter is more helpful than "not a time"
            raise StopValidation(words)

    check.field_flags = {"required": True}  # type: ignore[attr-defined]
    return check


class LinesField(TextAreaField):
    """Text with several lines: each is tidied, and the line breaks stay."""

    def __init__(self, label: str, validators: Any = (), **options: Any) -> None:
        options["filters"] = [tidy_lines]  # instead of the base form's, which join all lines
        super().__init__(label, validators, **options)


def tidy_lines(text: str | None) -> str | None:
    """Return text with each line tidied and no run of empty lines."""
    if text is None:
        return None
    lines = [names.tidy(line) for line in text.splitlines()]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept).strip()


class DateRow(RowForm):
    """One date of an event."""

    typed = ("on", "starts", "ends")
    on = DateField(
        "Date",
        [needed("Enter the date.")],
        invalid_value_message="Enter a date, such as 12/06/2026.",
    )
    starts = TimeField(
        "Starts",
        [needed("Enter when it starts.")],
        format=["%H:%M", "%H:%M:%S"],
        invalid_value_message="Enter a time, such as 09:15.",
    )
    ends = TimeField(
        "Ends",
        [needed("Enter when it ends.")],
        format=["%H:%M", "%H:%M:%S"],
        invalid_value_message="Enter a time, such as 14:45.",
    )

    ends_on = DateField(
        "Ends on another day",
        [Optional(), Depends()],
        invalid_value_message="Enter a date, such as 14/06/2026.",
    )
    venue = StringField("Another place on this date", [Depends()])
    venue_address = LinesField("Address of that place", [Depends()], render_kw={"rows": 2})

    @property
    def is_folded(self) -> bool:
        """Whether the date is on one day at the event's own place, as most are."""
        rare = (self.ends_on, self.venue, self.venue_address)
        return not any(field.data or field.errors for field in rare)

    def details(self) -> DateDetails:
        """Return the date as two instants, and where it is."""
        last_on = self.ends_on.data or self.on.data
        return DateDetails(
            _instant(self.on.data, self.starts.data),
            _instant(last_on, self.ends.data),
            self.venue.data or "",
            self.venue_address.data or "",
        )

    def outline(self) -> DateDetails:
        """Return the date as far as it can be read: its day is, its times may not be."""
        starts, ends = self.starts.data or MORNING, self.ends.data or MORNING
        last_on = self.ends_on.data or self.on.data
        return DateDetails(_instant(self.on.data, starts), _instant(last_on, ends))


def _instant(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=LONDON).astimezone(UTC)


class FeePartRow(RowForm):
    """A part of the fee."""

    typed = ("label", "pence")
    label = StringField("Pays for", [needed("Say what this part of the fee pays for.")])
    pence = MoneyField("Amount", [needed("Enter an amount, like 3.40.")])
    fund = SelectField("Fund", [Wanted()], choices=funds.NAMES, default=Fund.EVENTS, coerce=Fund)

    def details(self) -> FeePart:
        """Return the part."""
        return FeePart(self.label.data or "", self.pence.data, self.fund.data)


class CostRow(RowForm):
    """A line of the budget."""

    typed = ("label", "pence")
    label = StringField("Cost", [needed("Say what this cost is for.")])
    pence = MoneyField("Total amount", [needed("Enter an amount, like 240.")])

    def details(self) -> CostDetails:
        """Return the line."""
        return CostDetails(self.label.data or "", self.pence.data)


class DeadlineField(LondonField):
    """A deadline: a date and a time in London, or nothing."""

    def __init__(self, label: str, **options: Any) -> None:
        super().__init__(
            label,
            [Optional(), Depends()],
            invalid_value_message="Enter a date and a time, such as 12/06/2026 16:00.",
            **options,
        )
