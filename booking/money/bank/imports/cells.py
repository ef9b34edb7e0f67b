"""Dates and amounts as banks write them."""

import re
from datetime import date, datetime

from booking.domain import money

#: More than this in one cell cannot be an amount of ours.
LARGEST_PENCE = 100 * money.LARGEST_PENCE
DATE_FORMATS = (
    *("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%Y/%m/%d"),
    *("%d %b %Y", "%d %B %Y", "%d-%b-%Y", "%d-%b-%y", "%d %b %y", "%d%b%Y"),
)
_TIME_AFTER = re.compile(r"[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9:]+)?$")
_AMOUNT = re.compile(
    r"(?P<whole>\d+|\d{1,3}(?:,\d{3})+)(?:\.(?P<part>\d{1,2}))?|\.(?P<pence>\d{2})"
)
_MINUS = "-\u2212\u2013"


class NotADay(ValueError):
    """The cell is not a date; the message shows it."""


class CellNotAnAmount(ValueError):
    """The cell is not an amount; the message shows it."""


def day(text: str) -> date:
    """Read a date: 31/03/2027, 31/03/27, 2027-03-31, 31 Mar 2027."""
    bare = _TIME_AFTER.sub("", text.strip())
    for form in DATE_FORMATS:
        try:
            found = datetime.strptime(bare, form).date()
        except ValueError:
            continue
        if 2000 <= found.year < 2100:
            return found
    raise NotADay(f"“{text[:30]}” is not a date like 31/03/2027 or 2027-03-31.")


def amount(text: str) -> int:
    """Read an amount into pence: "£1,200.50", "-3.20", "(3.20)", "3.20 DR"."""
    bare = text.replace("£", "").replace("\u00a0", "").replace(" ", "").upper()
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
