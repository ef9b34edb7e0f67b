"""Dates and amounts as banks and people in this country write them.

The spellings of a day are a small table of our own. A library such as dateparser knows hundreds of
languages and guesses: “3/4/26” by the machine's idea of the order, “May” as this year's, “13/31”
with the two exchanged. A line of a bank statement is on the day that is written, or is named.
"""

import re
from collections.abc import Sequence
from datetime import date

from booking.domain import money

#: More than this in one cell cannot be an amount of ours.
LARGEST_PENCE = 100 * money.LARGEST_PENCE
_MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august", "september"),
    *("october", "november", "december"),
)
#: Besides a month's full name, and its first three letters.
_SHORT_MONTHS = {"sept": 9}
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun)[a-z]*[.,]? *)?"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?P<mark>[-/. ])(?P<month>\d{1,2})(?P=mark)(?P<year>\d{4}|\d{2})"
)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})")
_RUN_TOGETHER = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_NAMED = re.compile(
    rf"{_WEEKDAY}(?P<day>\d{{1,2}}){_ORDINAL}(?: of)?[-/. ,]*(?P<name>[a-z]{{3,9}})[-/. ,’']*"
    r"(?P<year>\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(
    rf"{_WEEKDAY}(?P<name>[a-z]{{3,9}})[-/. ]*(?P<day>\d{{1,2}}){_ORDINAL}[-/. ,]+(?P<year>\d{{4}})"
)
_SPELLINGS = (_DAY_FIRST, _YEAR_FIRST, _RUN_TOGETHER, _NAMED, _MONTH_FIRST)
_TIME_AFTER = re.compile(
    r"(?:[T ]|, )[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?: ?[ap]m)?(?: ?(?:Z|UTC|GMT|BST|"
    r"[+-][0-9:]+))?$",
    re.IGNORECASE,
)
_AMOUNT = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,2}))?|\.(?P<pence>\d{2})"
)
_MINUS = "-\u2212\u2013\u2014"
#: What banks write where another would leave the cell blank.
NOTHING = frozenset({"", "-", "--", "\u2013", "\u2014", "\u2212", "n/a", "nil", "none", "£", "£-"})


class NotADay(ValueError):
    """The cell is not a date; the message shows it."""


class CellNotAnAmount(ValueError):
    """The cell is not an amount; the message shows it."""


def is_nothing(text: str) -> bool:
    """Return whether a cell says that there is no amount."""
    return text.strip().casefold() in NOTHING


def day(text: str) -> date:
    """Read a date: 31/03/2027, 31-Mar-27, 1st Sept 2027, Tue 31 March 2027, 2027-03-31."""
    bare = " ".join(_TIME_AFTER.sub("", text.strip().lstrip("'")).casefold().split())
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(bare):
            found = _day_of(match.groupdict())
            if found is not None and 2000 <= found.year < 2100:
                return found
    raise NotADay(f"“{text[:30]}” is not a date like 31/03/2027 or 2027-03-31.")


def is_day(text: str) -> bool:
    """Return whether a cell is a day."""
    try:
        day(text)
    except NotADay:
        return False
    return True


def _day_of(parts: dict[str, str | None]) -> date | None:
    written = parts.get("month")
    number = int(written) if written else _month(parts.get("name") or "")
    year = parts["year"] or ""
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), number, int(parts["day"] or 0))
    except ValueError:
        return None


def _month(name: str) -> int:
    """Return a month's number, or zero if it is none."""
    if name in _SHORT_MONTHS:
        return _SHORT_MONTHS[name]
    for number, month in enumerate(_MONTHS, 1):
        if name in {month, month[:3]}:
            return number
    return 0


def amount(text: str) -> int:
    """Read an amount into pence: "£1,200.50", "-3.20", "(3.20)", "3.20 DR"."""
    bare = text.lstrip("'").replace("£", "").replace("\u00a0", "").replace(" ", "").upper()
    bare = bare.removeprefix("GBP").removesuffix("GBP")
    negative = False
    if bare.startswith("(") and bare.endswith(")"):
        bare, negative = bare[1:-1], True
    for ending, minus in (("CR", False), ("DR", True), ("OD", True)):
        if bare.endswith(ending):
            bare, negative = bare.removesuffix(ending), negative or minus
    if bare[:1] and bare[0] in _MINUS + "+":
        bare, negative = bare[1:], negative or bare[0] in _MINUS
    elif bare[-1:] and bare[-1] in _MINUS:
        bare, negative = bare[:-1], True
    pence = _pence(bare, text)
    return -pence if negative else pence


def is_amount(text: str) -> bool:
    """Return whether a cell is an amount."""
    try:
        amount(text)
    except CellNotAnAmount:
        return False
    return True


def are_money(filled: Sequence[str]) -> bool:
    """Return whether cells are amounts, and not numbers of something else, which have no pence.

    A workbook shows twenty pounds as “20”, so one of them with pence is enough.
    """
    return all(map(is_amount, filled)) and any("." in text for text in filled)


def _pence(bare: str, text: str) -> int:
    match = _AMOUNT.fullmatch(bare)
    if match is None or len(bare) > 20:
        raise CellNotAnAmount(f"“{text[:30]}” is not an amount like 12.50.")
    pence = int(match["pence"] or 0)
    if match["whole"]:
        pence = int(match["whole"].replace(",", "")) * 100 + int(
            (match["part"] or "0").ljust(2, "0")
        )
    if pence > LARGEST_PENCE:
        raise CellNotAnAmount(f"“{text[:30]}” is more than any statement of ours could show.")
    return pence
