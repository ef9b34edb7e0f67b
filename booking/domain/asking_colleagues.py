"""What colleagues may ask one another, what closes a question, and which words name a pupil.

Questions are written by adults for adults. Whoever asks may do so without their name; then only a
lead can tell, and each time one looks is recorded.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime
from enum import StrEnum

from booking.domain import terms
from booking.domain.problems import Problem
from booking.domain.terms import SchoolCalendar

TITLE_MAX = 160
ABOUT_MAX = 2000
ANSWER_MAX = 2000
WORD_MAX = 500
#: After so many school days without an answer, those who offer to help are shown the question.
UNANSWERED_SCHOOL_DAYS = 5
_APART = re.compile(r"[^\w]+")
_POSSESSIVE = re.compile(r"['’]s\b")


class QuestionState(StrEnum):
    """How a question stands."""

    OPEN = "open"
    #: An answer helped, or whoever asked needs none any more.
    CLOSED = "closed"


def problems(*, title: str, about: str) -> Iterator[Problem]:
    """Yield what is wrong with a question, field by field."""
    if not title.strip():
        yield Problem("title", "Ask in a line, such as “Has anybody else timed a chess day?”")
    elif len(title) > TITLE_MAX:
        yield Problem("title", f"Shorten this to {TITLE_MAX} characters.")
    if len(about) > ABOUT_MAX:
        yield Problem("about", f"Shorten this to {ABOUT_MAX:,} characters.")


def answer_problems(words: str) -> Iterator[Problem]:
    """Yield what is wrong with an answer."""
    if not words.strip():
        yield Problem("words", "Write your answer.")
    elif len(words) > ANSWER_MAX:
        yield Problem("words", f"Shorten this to {ANSWER_MAX:,} characters.")


def named_in(words: str, names: Iterable[tuple[str, str]]) -> str:
    """Return the first full name (forename and surname) that stands in a text; "" if none does.

    Capitals, accents, hyphens and a possessive "’s" make no difference. A forename alone says too
    little: it would stop half of all sentences.
    """
    text = f" {_plain(words)} "
    for forename, surname in names:
        first, last = _plain(forename), _plain(surname)
        if first and last and f" {first} {last} " in text:
            return f"{forename} {surname}"
    return ""


def _plain(words: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _POSSESSIVE.sub("", words).upper().casefold())
    letters = "".join(each for each in decomposed if not unicodedata.combining(each))
    return " ".join(_APART.sub(" ", letters).split())


def waits_since_long(asked_at: datetime, now: datetime, calendar: SchoolCalendar) -> bool:
    """Return whether so many school days have passed since a question was asked."""
    return terms.add_school_days(calendar, asked_at, UNANSWERED_SCHOOL_DAYS) <= now
