"""Money as whole pence: written for people, read from people, shared out to the penny."""

import re
from collections.abc import Sequence

#: The largest amount a form accepts (£1,000,000): it catches typing slips, and no database
#: overflows.
LARGEST_PENCE = 100_000_000

#: "6", "6.50" and, as families from the continent write it, "6,50".
_POUNDS = re.compile(r"£? ?(?P<whole>[0-9]+)(?:[.,](?P<part>[0-9]{1,2}))?")
#: Thousands set apart are read where nothing else can be meant: "1,200.00", "1,000,000".
_THOUSANDS = re.compile(
    r"£? ?(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+(?=\.)|[0-9]{1,3}(?:,[0-9]{3}){2,})"
    r"(?:\.(?P<part>[0-9]{1,2}))?"
)
_EITHER = re.compile(r"£? ?(?P<before>[0-9]{1,3}),(?P<after>[0-9]{3})")
_PENCE = re.compile(r"(?P<pence>[0-9]{1,3})p", re.IGNORECASE)


class NotAnAmount(ValueError):
    """The text is not an amount of money; the message tells the reader what to type."""


class NothingToShareBy(ValueError):
    """An amount cannot be shared out in proportion to parts that add up to nothing."""


def pounds(pence: int) -> str:
    """Write an amount of pence as pounds: 600 is "£6.00", -120 is "-£1.20"."""
    sign = "-" if pence < 0 else ""
    whole, part = divmod(abs(pence), 100)
    return f"{sign}£{whole:,}.{part:02d}"


def parse_pounds(text: str) -> int:
    """Read what a person types ("6", "£6.50", "6,50", "60p") as pence. Raises NotAnAmount.

    "1,000" is refused: a comma stands before pence for some and after thousands for others.
    """
    tidied = " ".join(text.split())
    if not tidied:
        raise NotAnAmount("Enter an amount in pounds, like 6 or 6.50.")
    if tidied.startswith(("-", "\u2212")):
        raise NotAnAmount("Enter an amount that is not below zero, like 6 or 6.50.")
    pence = _pence(tidied)
    if pence > LARGEST_PENCE:
        raise NotAnAmount(f"Enter an amount of {pounds(LARGEST_PENCE)} or less.")
    return pence


def _pence(text: str) -> int:
    """Read tidied text as pence, or raise NotAnAmount, which says how to write one."""
    if match := _PENCE.fullmatch(text):
        return int(match["pence"])
    if match := _EITHER.fullmatch(text):
        raise NotAnAmount(_which(match["before"], match["after"]))
    if match := _POUNDS.fullmatch(text) or _THOUSANDS.fullmatch(text):
        part = match["part"] or "0"
        # One decimal is tenths of a pound: people type 6.5 for £6.50.
        return int(match["whole"].replace(",", "")) * 100 + int(part.ljust(2, "0"))
    raise NotAnAmount(f"“{text[:40]}” is not an amount. Enter pounds and pence, like 6 or 6.50.")


def _which(before: str, after: str) -> str:
    """Ask which of two amounts a text with one comma and three digits after it means."""
    return (
        f"“{before},{after}” could be two amounts. Type {int(before + after)} for pounds, or "
        f"pounds and pence like {int(before)}.{after[:2]}."
    )


def split(total_pence: int, parts: Sequence[int]) -> tuple[int, ...]:
    """Share a total in proportion to the parts, exactly, no penny lost.

    Largest remainder (Hamilton's method): each part first gets the whole pence of its exact share,
    then the pennies left over go to the largest remainders, the earlier part first when two are
    equal. Each share is therefore within a penny of the exact one, and a total equal to the sum of
    the parts gives the parts back. A negative total is shared as its mirror image.
    """
    assert all(part >= 0 for part in parts), "parts are never below zero"
    whole = sum(parts)
    if whole == 0:
        if total_pence:
            raise NothingToShareBy("There are no parts to share this amount by.")
        return (0,) * len(parts)
    if total_pence < 0:
        return tuple(-share for share in split(-total_pence, parts))
    shares = [total_pence * part // whole for part in parts]
    left_over = total_pence - sum(shares)
    by_remainder = sorted(range(len(parts)), key=lambda i: (-(total_pence * parts[i] % whole), i))
    for i in by_remainder[:left_over]:
        shares[i] += 1
    assert sum(shares) == total_pence
    return tuple(shares)
