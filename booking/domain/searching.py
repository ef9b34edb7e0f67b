"""What a search in the fund may mean: an amount, a day or a month, a reference, a name."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from booking.domain import money

#: Nobody types more, and a longer text is not compared with anything.
LONGEST = 80
#: Shorter words are no reference.
REFERENCE_MIN = 3
MONTHS = (
    *("january", "february", "march", "april", "may", "june", "july", "august"),
    *("september", "october", "november", "december"),
)
#: Pounds in thousands, as we write them ourselves; nobody looks for thousandths of one.
_THOUSANDS = re.compile(r"£? ?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{2})?")
_LABEL = re.compile(r"(?:receipt|reference|ref\.?|payment|invoice)[: ]+", re.IGNORECASE)
_NUMBERS = re.compile(r"(?P<day>[0-9]{1,2})[/.](?P<month>[0-9]{1,2})[/.](?P<year>[0-9]{2,4})")
_ISO = re.compile(r"(?P<year>[0-9]{4})-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?")
_WORDS = re.compile(
    r"(?:[a-z]{3,9},? )?(?:(?P<day>[0-9]{1,2})(?:st|nd|rd|th)? )?"
    r"(?P<name>[a-z]{3,9})(?:,? (?P<year>[0-9]{4}))?"
)


@dataclass(frozen=True)
class Sought:
    """What a text may mean; whatever it cannot mean is None or empty."""

    text: str = ""
    pence: int | None = None
    #: A day is its own first and last.
    first_on: date | None = None
    last_on: date | None = None
    reference: str = ""
    name: str = ""


def sought(text: str, today: date) -> Sought:
    """Return what a text may mean. A day without a year is the latest that is not to come."""
    tidied = " ".join(text.split())[:LONGEST].strip()
    pence = _pence(tidied)
    if pence is not None:
        return Sought(tidied, pence=pence, reference=_reference(tidied))
    days = _days(tidied.casefold(), today)
    if days is not None and any(character.isdigit() for character in tidied):
        return Sought(tidied, first_on=days[0], last_on=days[1])
    first_on, last_on = days or (None, None)
    name = tidied if sum(character.isalpha() for character in tidied) > 1 else ""
    return Sought(tidied, None, first_on, last_on, _reference(tidied), name)


def _pence(text: str) -> int | None:
    plain = text.lstrip("-\u2212 ")
    if _THOUSANDS.fullmatch(plain):
        plain = plain.replace(",", "")
    try:
        return money.parse_pounds(plain)
    except money.NotAnAmount:
        return None


def _reference(text: str) -> str:
    found = _LABEL.sub("", text, count=1) if _LABEL.match(text) else text
    return found if len(found) >= REFERENCE_MIN and " " not in found else ""


def _days(text: str, today: date) -> tuple[date, date] | None:
    """Return the first and the last day that a text names."""
    if match := _NUMBERS.fullmatch(text):
        year = int(match["year"])
        return _one(year + 2000 if year < 100 else year, int(match["month"]), int(match["day"]))
    if match := _ISO.fullmatch(text):
        year, month = int(match["year"]), int(match["month"])
        return _one(year, month, int(match["day"])) if match["day"] else _month(year, month)
    match = _WORDS.fullmatch(text)
    month = _month_named(match["name"]) if match else 0
    if match is None or not month:
        return None
    years = [int(match["year"])] if match["year"] else range(today.year, today.year - 9, -1)
    for year in years:
        days = _one(year, month, int(match["day"])) if match["day"] else _month(year, month)
        if days and (match["year"] or days[0] <= today):
            return days
    return None


def _month_named(name: str) -> int:
    """Return the month's number by its name or the first letters of it; 0 if it is none."""
    found = (n for n, month in enumerate(MONTHS, start=1) if month.startswith(name))
    return next(found, 0)


def _one(year: int, month: int, day: int) -> tuple[date, date] | None:
    try:
        on = date(year, month, day)
    except ValueError:
        return None
    return on, on


def _month(year: int, month: int) -> tuple[date, date] | None:
    first = _one(year, month, 1)
    if first is None or year >= date.max.year:
        return None
    after = date(year + month // 12, month % 12 + 1, 1)
    return first[0], after - timedelta(days=1)
