"""What parts of a family's answers are called, together."""

from collections.abc import Iterable

from booking.domain import english
from booking.domain.needs import PART_WORDS, ToldPart


def parts(told: Iterable[str]) -> str:
    """Return parts in a sentence: "health, the way home and whom to ring"."""
    codes = set(told)
    return english.listed([PART_WORDS[part] for part in ToldPart if part.value in codes])
