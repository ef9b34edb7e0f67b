"""What a family quotes with a bank transfer, and what a transfer that arrived comes to.

A reference is FP and nine digits: seven that stand for one parent and one place, and two check
digits (ISO 7064, MOD 97-10). Written in threes it is read aloud like a telephone number, fits into
the 18 letters of a bank transfer, and says nothing about a child. One wrong digit, or two
neighbours exchanged, never make another valid reference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from stdnum.iso7064 import mod_97_10

from booking.domain import invoicing, money

PREFIX = "FP"
#: The numbers behind references: seven digits, the first of them not 0.
FIRST_NUMBER, LAST_NUMBER = 1_000_000, 9_999_999
_DIGITS = 9
#: Nine digits however they are grouped, and what stands right before them. A longer row of digits
#: is something else, such as an account number.
_WRITTEN = re.compile(r"(?P<prefix>F\W?P\W{0,3})?(?<!\d)(?P<digits>\d(?:[ ./-]?\d){8})(?!\d)")
#: How long a place is kept once a parent says that the transfer is on its way, in school days: a
#: transfer may take a day or two, and somebody has to read the bank's statement.
DAYS_ON_ITS_WAY = 5


class ReferenceWrong(ValueError):
    """What was typed is no reference; the message says what to look at."""


class TransferSum(StrEnum):
    """What the money that came is, compared with what was asked."""

    EXACT = "exact"
    PART = "part"
    #: More than is still to pay: what is over goes back.
    MORE = "more"
    #: Nothing is to pay any more: it was paid twice, or the place is over.
    NOTHING_ASKED = "nothing_asked"
    #: A contribution may be any amount.
    GIVEN = "given"


@dataclass(frozen=True)
class Quoted:
    """A reference in the bank's words."""

    digits: str
    #: Whether FP stands before it; without, nine digits may be a valid reference by chance.
    named: bool

    @property
    def number(self) -> int | None:
        """Return the number that it stands for, or None if a digit is wrong."""
        return int(self.digits[:-2]) if _is_valid(self.digits) else None


def reference(number: int) -> str:
    """Return the reference for a number: "FP 123 456 751"."""
    assert FIRST_NUMBER <= number <= LAST_NUMBER, "seven digits"
    digits = f"{number}{mod_97_10.calc_check_digits(str(number))}"
    return f"{PREFIX} {digits[:3]} {digits[3:6]} {digits[6:]}"


def is_ours(reference: str) -> bool:
    """Return whether a payment's reference is written as one of ours."""
    return reference.startswith(f"{PREFIX} ")


def of_reference(typed: str) -> int:
    """Return the number that a typed reference stands for. Raises ReferenceWrong."""
    digits = re.sub(r"\D", "", typed)
    if len(digits) != _DIGITS:
        raise ReferenceWrong("A reference is FP and nine digits, such as “FP 123 456 751”.")
    if not _is_valid(digits):
        raise ReferenceWrong("One of these digits is wrong, or two are exchanged. Read it again.")
    return int(digits[:-2])


def quoted_in(words: str) -> tuple[Quoted, ...]:
    """Return what looks like references in a bank's words, however they are spaced or written."""
    return tuple(
        Quoted(re.sub(r"\D", "", found["digits"]), found["prefix"] is not None)
        for found in _WRITTEN.finditer(words.upper())
    )


def likely(digits: str) -> frozenset[int]:
    """Return the numbers that a reference with one slip may stand for.

    A slip is one wrong digit, or two neighbours exchanged.
    """
    slips = [
        digits[:at] + other + digits[at + 1 :]
        for at in range(len(digits))
        for other in "0123456789"
    ]
    slips += [
        digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        for at in range(len(digits) - 1)
    ]
    return frozenset(int(each[:-2]) for each in slips if each != digits and _is_valid(each))


def compared(pence: int, due_pence: int, *, any_amount: bool) -> TransferSum:
    """Return what came, compared with what is still to pay; a contribution may be any amount."""
    if any_amount:
        return TransferSum.GIVEN
    if due_pence <= 0:
        return TransferSum.NOTHING_ASKED
    if pence == due_pence:
        return TransferSum.EXACT
    return TransferSum.PART if pence < due_pence else TransferSum.MORE


def in_words(pence: int, due_pence: int, sum_: TransferSum) -> str:
    """Return what recording it comes to, as a sentence for the treasurer.

    It never says why nothing is asked any more, which only the pupil's own school may know.
    """
    match sum_:
        case TransferSum.EXACT:
            return f"{money.pounds(pence)} in full."
        case TransferSum.PART:
            return f"{money.pounds(pence)} of {money.pounds(due_pence)} that was asked."
        case TransferSum.MORE:
            over = money.pounds(pence - due_pence)
            return f"{over} more than was asked, which is then to be sent back."
        case TransferSum.NOTHING_ASKED:
            return "Nothing is asked any more: all of it is then to be sent back."
        case TransferSum.GIVEN:
            return "A voluntary contribution."


def shared(pence: int, due_pence: Sequence[int]) -> list[int]:
    """Share one transfer between the places whose references it quotes, in this order.

    What is over stays with the last, so that each penny is received for something.
    """
    shares, over = invoicing.divided(pence, due_pence)
    shares[-1] += over
    return shares


def _is_valid(digits: str) -> bool:
    return len(digits) == _DIGITS and digits[0] != "0" and bool(mod_97_10.is_valid(digits))
