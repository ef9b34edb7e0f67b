"""What is wrong in a form, as lines that make sense away from their fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wtforms import BooleanField, Field, FieldList, Form, FormField, RadioField
from wtforms.widgets import ListWidget


@dataclass(frozen=True)
class Mistake:
    """One line of a page's error summary, and where it leads."""

    words: str
    #: The id of what to correct; "" where there is nothing to go to.
    field_id: str = ""


def mistakes(form: Form) -> list[Mistake]:
    """Return everything wrong in `form`: its fields from top to bottom, then the form itself.

    Of a page that somebody else has changed meanwhile, it is said first that they have.
    """
    found = [mistake for field in form for mistake in _of(field, ())]
    whole = [Mistake(str(words)) for words in form.form_errors]
    is_stale = getattr(getattr(form, "edit", None), "is_stale", False)
    return whole + found if is_stale else found + whole


def _of(field: Any, within: tuple[str, ...], row: str = "") -> Iterator[Mistake]:
    """Yield what is wrong with a field; `within` names the rows or parts of the form around it."""
    if isinstance(field, FormField):
        for inner in field.form:
            yield from _of(inner, (*within, f"{field.label.text} {row}".strip()))
    elif isinstance(field, FieldList):
        for error in field.errors:
            if isinstance(error, str):
                yield Mistake(_named(error, (*within, field.label.text)), field.id)
        for number, entry in enumerate(field.entries, start=1):
            yield from _of(entry, within, str(number))
    else:
        yield from _of_one(field, within)


def _of_one(field: Field, within: tuple[str, ...]) -> Iterator[Mistake]:
    if getattr(field.widget, "input_type", "") == "hidden":
        yield from (Mistake(str(error)) for error in field.errors)
        return
    # The words beside a single tick box are a complete sentence.
    names = within if isinstance(field, BooleanField) else (*within, field.label.text)
    many = isinstance(field, RadioField) or isinstance(field.widget, ListWidget)
    for error in field.errors:
        yield Mistake(_named(str(error), names), f"{field.id}-0" if many else field.id)


def _named(error: str, names: tuple[str, ...]) -> str:
    """Return an error after the names of what it is about, leaving out names that it says."""
    missing = [name for name in names if name and not _says(error, name)]
    if not missing:
        return error
    about = ", ".join([missing[0], *(_within_sentence(name) for name in missing[1:])])
    return f"{about} {error}" if about.endswith("?") else f"{about}: {error}"


def _says(error: str, name: str) -> bool:
    return re.search(rf"\b{re.escape(name)}(?!\w)", error, re.IGNORECASE) is not None


def _within_sentence(name: str) -> str:
    """Return a label as it reads after a comma; capitals such as "CPD" stay."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
