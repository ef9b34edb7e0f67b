"""What columns and values are called in a copy of everything held."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any

from booking.domain import money, terms, year_groups

#: Where a column's own name would not say it.
LABELS = {
    "email": "E-mail address",
    "given": "Agreed",
    "given_by": "Name typed",
    "told_by": "Told by",
    "text": "Words",
    "what": "What happened",
    "done": "What was done",
    "told": "Who was told",
    "folded": "Name for comparing",
    "learnt": "What was said",
    "day_by": "Photos, way home and contact told by",
    "half": "Part of the day",
}
ANOTHER_CHILD = "[another child]"
ANOTHER_PARENT = "[another parent]"
#: Names that are words as well are only names with a capital.
_WORDS = {"will", "may", "mark", "hope", "grace", "joy", "rose", "summer", "faith", "art", "dawn"}


def label(column: str) -> str:
    """Return what a column is called."""
    name = re.sub(r"_(id|at|on|pence)$", "", column)
    return LABELS.get(name) or name.replace("_", " ").capitalize()


def value(column: str, given: Any) -> str:
    """Return a value in words; an empty text says that there is nothing."""
    if given is None or given in ("", [], {}):
        return ""
    if isinstance(given, bool):
        return "yes" if given else "no"
    if isinstance(given, Enum):
        return str(given.value).replace("_", " ")
    if isinstance(given, datetime):
        return terms.deadline_text(given)
    if isinstance(given, date):
        return terms.day_text(given)
    return _plain(column, given)


def _plain(column: str, given: Any) -> str:
    if isinstance(given, int) and column.endswith("pence"):
        return money.pounds(given)
    if isinstance(given, int) and column.startswith("year_group"):
        return year_groups.name(given)
    if isinstance(given, Mapping):
        return "; ".join(f"{key}: {each}" for key, each in given.items())
    if isinstance(given, list | tuple):
        return ", ".join(str(each).replace("_", " ") for each in given)
    return str(given)


def without(text: str, names: Iterable[str]) -> str:
    """Return what staff wrote without other children's names, whole or one part of them."""
    for name in sorted(names, key=len, reverse=True):
        flags = 0 if name.casefold() in _WORDS else re.IGNORECASE
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", ANOTHER_CHILD, text, flags=flags)
    return text
