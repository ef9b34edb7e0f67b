"""What a draft's form holds that cannot be read yet: half a row, "soon" for a date. It is kept.

It is no mistake of a draft, only of an event that is to be published. By field: the text typed, or
for a list of rows the texts of each row that is not finished.
"""

from collections.abc import Mapping
from typing import Any

from wtforms import FieldList

from booking.foundation.web.forms import LondonField, MoneyField, WholeNumber

#: Fields whose text may not be readable; text that is only text always is.
READ = (LondonField, MoneyField, WholeNumber)
#: Fields of a row whose text is read as it stands.
PLAIN = ("label", "fund", "venue", "venue_address")
#: More than a date, a number or an address takes; the rest is left out.
LONGEST = 1000


def take(form: Any) -> dict[str, Any]:
    """Return what cannot be read of a checked form, and take its mistakes away."""
    found: dict[str, Any] = {}
    for field in form:
        if isinstance(field, FieldList):
            rows = [_taken(entry.form) for entry in field.entries if entry.form.errors]
            if rows:
                found[field.short_name] = rows
                field.errors = []
        elif isinstance(field, READ) and field.errors and (text := _typed(field)):
            found[field.short_name] = text
            field.data, field.errors = None, ()
    return found


def _taken(row: Any) -> dict[str, str]:
    row.is_unread = True
    for cell in row:
        cell.errors = ()
    return {cell.short_name: text for cell in row if (text := _typed(cell))}


def _typed(field: Any) -> str:
    return str((field.raw_data or [""])[0]).strip()[:LONGEST]


def rows(unread: Mapping[str, Any], name: str) -> list[dict[str, str]]:
    """Return the first values of the rows that are not finished: those of fields of plain text."""
    return [{cell: row[cell] for cell in PLAIN if cell in row} for row in unread.get(name, ())]


def put_back(form: Any, unread: Mapping[str, Any], first: Mapping[str, int]) -> None:
    """Show what could not be read as it was typed; `first` says where its rows begin, by list."""
    for name, kept in unread.items():
        if isinstance(kept, str):
            form[name].raw_data = [kept]
            continue
        for entry, row in zip(form[name].entries[first[name] :], kept, strict=False):
            for cell in entry.form:
                if cell.short_name in row and cell.short_name not in PLAIN:
                    cell.raw_data = [row[cell.short_name]]
