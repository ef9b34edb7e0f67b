"""Numbers and lists in sentences: "1 place", "3 places", "was" or "were", "a, b and c"."""

import re
from collections.abc import Iterable

_ES = re.compile(r"(?:s|x|z|ch|sh)$")
_IES = re.compile(r"(?<=[^aeiou])y$")


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


def _many(one: str) -> str:
    """Return the regular plural of a noun: "places", "entries", "matches"."""
    if _ES.search(one):
        return f"{one}es"
    return _IES.sub("ie", one) + "s"
