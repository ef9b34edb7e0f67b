"""Columns and words that forbid writing to a contact; they never permit it."""

import re
from collections.abc import Sequence
from enum import StrEnum

from booking.people.pupils.imports import titles


class Takes(StrEnum):
    """What in a column forbids it."""

    #: "Court order": anything but a plain no.
    FILLED = "filled"
    #: "Parental responsibility": anything but a plain yes, or nothing.
    NO = "no"


_MAIL = r"(?:contact(?:ed|ing)?|e?mail(?:ed|s|ing)?|communicat\w*|correspond\w*|sms|texts?)"
_AGAINST = re.compile(
    rf"\b(?:do|does|must|should|may|can)? ?(?:not|dont|never|cannot)(?: to)?(?: be)? {_MAIL}\b"
    rf"|(?<!phone )(?<!mobile )(?<!tel )(?<!contact )\bno (?:further )?{_MAIL}\b"
    r"|\b(?:court|legal|prohibited steps|restraining|non molestation|protection) orders?\b"
    r"|\binjunctions?\b|\bdeclined?\b|\brefused?\b|\bopt(?:ed)? out\b|\bunsubscribed?\b"
    r"|\brestrict\w*|\bbarred\b|\bwithheld\b|\bwithdrawn\b|\bdeceased\b|\bblocked\b"
    r"|\bno access\b"
)
_FOR = re.compile(
    r"\bparental resp\w*|\bpr\b"
    rf"|\b(?:consents?|permission|permitted|allowed|agrees?|happy|ok|may|can)\b.*\b{_MAIL}\b"
    rf"|\b{_MAIL} (?:consent|permission|allowed|permitted|opt in)\b"
    r"|\breceives? (?:e?mails?|correspondence|communications?)\b"
)
_PLAIN_NO = frozenset(
    {
        *("", "no", "n", "false", "0", "none", "nil", "null", "n/a", "na", "-", "–", "—"),
        *("not applicable", "none known", "no order", "no court order", "unticked"),
    }
)
_PLAIN_YES = frozenset(
    {
        *("", "yes", "y", "true", "1", "t", "x", "✓", "✔", "ticked", "full", "shared", "joint"),
        *("sole", "has", "given", "granted", "ok", "allowed"),
    }
)


def by_title(words: Sequence[str]) -> Takes | None:
    """Return how a column forbids writing, going by its title; None if it does not."""
    text = " ".join(words)
    if _AGAINST.search(text):
        return Takes.FILLED
    return Takes.NO if _FOR.search(text) else None


def whose(words: Sequence[str]) -> titles.ColumnOwner | None:
    """Return who such a column is about; None if its title names nobody."""
    left = _FOR.sub(" ", _AGAINST.sub(" ", " ".join(words)))
    found = titles.person(left.split())
    # "Contact consent" is not about a contact with that name, but the part cut off may name one.
    return found[0] if found else None


def takes_away(how: Takes, text: str) -> bool:
    """Return whether this cell forbids writing. In doubt it does."""
    plain = " ".join(text.casefold().split())
    return plain not in (_PLAIN_NO if how is Takes.FILLED else _PLAIN_YES)


def said_in(text: str) -> bool:
    """Return whether a cell meant for something else forbids it: "DO NOT CONTACT"."""
    return "@" not in text and bool(_AGAINST.search(" ".join(titles.words_of(text))))
