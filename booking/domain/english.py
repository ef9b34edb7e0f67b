"""Numbers and lists in sentences: "1 place", "3 places", "second", "a, b and c"."""

import re
from collections.abc import Iterable

_ES = re.compile(r"(?:s|x|z|ch|sh)$")
_IES = re.compile(r"(?<=[^aeiou])y$")
_FIRST_TEN = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
]


def plural(number: int, one: str, many: str = "") -> str:
    """Return a number with what it counts: "1 place", "3 places", "1,200 entries".

    `many` is needed only where the rule of `_many` gives the wrong word ("people"), or where a verb
    changes too ("bid waits", "bids wait").
    """
    return f"{number:,} {agree(number, one, many or _many(one))}"


def agree(number: int, one: str, many: str) -> str:
    """Return the word that agrees with a number which stands elsewhere: "was" or "were"."""
    return one if number == 1 else many


def listed(names: Iterable[str]) -> str:
    """Return "a", "a and b", or "a, b and c"."""
    *others, last = names
    return f"{', '.join(others)} and {last}" if others else last


def nth(number: int) -> str:
    """Return "1st", "2nd", "11th"."""
    if number % 100 in (11, 12, 13):
        return f"{number:,}th"
    return f"{number:,}" + {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def ordinal(number: int) -> str:
    """Return "first" to "tenth", then "11th"."""
    return _FIRST_TEN[number - 1] if 1 <= number <= len(_FIRST_TEN) else nth(number)


def _many(one: str) -> str:
    """Return the regular plural of a noun: "places", "entries", "matches"."""
    if _ES.search(one):
        return f"{one}es"
    return _IES.sub("ie", one) + "s"
