"""An idea as somebody writes it, and what can be wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import NamedTuple

from booking.days.ideas.models import Idea, IdeaKind
from booking.domain import year_groups
from booking.domain.problems import Problem

TITLE_MAX = 120
LINE_MAX = 120
DETAILS_MAX = 2000
NOTE_MAX = 300
WORD_MAX = 500
PUPILS_MAX = 500
#: An idea that nobody adds to for a school year is closed; a month before, its owner is told.
SILENT_FOR = timedelta(days=365)
NOTICE = timedelta(days=30)


@dataclass(frozen=True)
class IdeaDetails:
    """What somebody writes about an idea."""

    kind: IdeaKind
    title: str
    low_year: int
    high_year: int
    details: str = ""
    roughly_when: str = ""


NAMES = tuple(field.name for field in fields(IdeaDetails))


class Support(NamedTuple):
    """How many schools second an idea, and with how many pupils."""

    schools: int = 0
    pupils: int = 0


def details_of(idea: Idea) -> IdeaDetails:
    """Return a stored idea as it was written."""
    return IdeaDetails(**{name: getattr(idea, name) for name in NAMES})


def problems(details: IdeaDetails) -> Iterator[Problem]:
    """Yield what is wrong with an idea."""
    if not details.title:
        yield Problem("title", "Give the idea a title, such as “Chemistry for Year 4”.")
    for name, most in (
        ("title", TITLE_MAX),
        ("roughly_when", LINE_MAX),
        ("details", DETAILS_MAX),
    ):
        if len(getattr(details, name)) > most:
            yield Problem(name, f"Shorten this to {most:,} characters.")
    if not {details.low_year, details.high_year} <= set(year_groups.ALL):
        yield Problem("low_year", "Choose year groups from Nursery to Year 13.")
    elif details.low_year > details.high_year:
        yield Problem("high_year", "The highest year is below the lowest. Choose a higher one.")
