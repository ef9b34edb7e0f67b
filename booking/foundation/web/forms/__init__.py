"""Forms: their base, their fields, and what happens when two people edit the same thing."""

from booking.foundation.web.forms.base import ButtonForm, Form, Refusals, tidy
from booking.foundation.web.forms.edits import editing
from booking.foundation.web.forms.fields import (
    AddressField,
    CheckboxesField,
    Depends,
    LondonField,
    MoneyField,
    WholeNumber,
    YearGroupField,
    no_line_breaks,
)

__all__ = [
    "AddressField",
    "ButtonForm",
    "CheckboxesField",
    "Depends",
    "Form",
    "LondonField",
    "MoneyField",
    "Refusals",
    "WholeNumber",
    "YearGroupField",
    "editing",
    "no_line_breaks",
    "tidy",
]
