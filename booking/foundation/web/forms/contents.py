"""What a form's fields hold: as a browser sends it, as a short digest, and as a person reads it."""

import hashlib
import json
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from flask_wtf.file import FileField
from wtforms import BooleanField, Field, FieldList, FormField, PasswordField
from wtforms.csrf.core import CSRFTokenField
from wtforms.fields.choices import SelectFieldBase

from booking.domain import money, terms
from booking.foundation.clock import LONDON
from booking.foundation.web.forms.fields import MoneyField

#: Fields that hold nothing of the row: they prove who sends the form, or bring something new.
OF_NO_ROW = (CSRFTokenField, PasswordField, FileField)
#: Long enough that two values of one field never share it by accident.
DIGEST_LENGTH = 12
#: What a person reads of a long text that was changed.
SHOWN_MAX = 300


def of_row(form: Any) -> Iterator[Field]:
    """Yield the fields of a form that stand for what is stored."""
    return (field for field in form if not isinstance(field, OF_NO_ROW))


def digests(form: Any) -> dict[str, str]:
    """Return the digest of each field by its name."""
    return {field.short_name: digest(field) for field in of_row(form)}


def digest(field: Field) -> str:
    """Return what tells one content of a field from another, and gives neither away."""
    written = json.dumps(as_sent(field), sort_keys=True)
    return hashlib.sha256(written.encode()).hexdigest()[:DIGEST_LENGTH]


def as_sent(field: Any) -> Any:
    """Return what a browser sends of a field that nobody touches; empty rows do not count."""
    if isinstance(field, FormField):
        return {inner.short_name: as_sent(inner) for inner in of_row(field.form)}
    if isinstance(field, FieldList):
        rows = [as_sent(entry) for entry in field.entries]
        empty = _empty_row(field)
        return [row for row in rows if row != empty]
    if isinstance(field, BooleanField):
        return bool(field.data)
    if isinstance(field, SelectFieldBase):
        return sorted(str(choice.value) for choice in _chosen(field))
    return "\n".join(field._value().splitlines()).strip()


def _empty_row(field: Any) -> Any:
    """Return what a row holds that was added and never filled in."""
    spare = field.unbound_field.bind(form=None, name=f"{field.short_name}-empty", _meta=field.meta)
    spare.process(None)
    return as_sent(spare)


def _chosen(field: Any) -> list[Any]:
    """Return the choices that are made; a list without a choice sends its first line."""
    choices = list(field.iter_choices())
    chosen = [choice for choice in choices if choice.selected]
    if not chosen and type(field.widget).__name__ == "Select" and not field.widget.multiple:
        return choices[:1]
    return chosen


def in_words(field: Any) -> str:
    """Return what a field holds as a person reads it; "nothing" where it is empty."""
    words = _words(field)
    return words if len(words) <= SHOWN_MAX else f"{words[:SHOWN_MAX]} …"


def _words(field: Any) -> str:
    if isinstance(field, FormField):
        inner = [_words(each) for each in of_row(field.form) if as_sent(each)]
        return ", ".join(inner) or "nothing"
    if isinstance(field, FieldList):
        empty = _empty_row(field)
        rows = [_words(entry) for entry in field.entries if as_sent(entry) != empty]
        return "; ".join(rows) or "nothing"
    if isinstance(field, BooleanField):
        return "ticked" if field.data else "not ticked"
    if isinstance(field, SelectFieldBase):
        return ", ".join(str(choice.label) for choice in _chosen(field)) or "nothing"
    return _of_value(field) or "nothing"


def _of_value(field: Any) -> str:
    value = field.data
    if isinstance(field, MoneyField) and isinstance(value, int):
        return money.pounds(value)
    if isinstance(value, datetime):
        return terms.deadline_text(value if value.tzinfo else value.replace(tzinfo=LONDON))
    if isinstance(value, date):
        return terms.day_text(value)
    if isinstance(value, time):
        return terms.time_text(value)
    return " ".join(str(field._value()).split())
