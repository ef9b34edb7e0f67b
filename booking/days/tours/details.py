"""A tour, a kit and a wish for a stop as people write them, and what can be wrong with each."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from itertools import pairwise

from booking.days.tours.models import Tour
from booking.domain import year_groups
from booking.domain.problems import Problem
from booking.domain.terms import day_text, london

TITLE_MAX, TEACHER_MAX, LINE_MAX, TEXT_MAX = 120, 120, 200, 5000
PUPILS_MAX = 200
MINUTES_MAX, TRAVEL_MAX = 480, 480
#: A school offers at most so many times.
TIMES_MAX = 3


@dataclass(frozen=True, kw_only=True)
class TourDetails:
    """Everything that the tour's keeper writes about it."""

    title: str
    leading_school_id: int
    first_on: date
    last_on: date
    teacher: str = ""
    theme: str = ""
    concept: str = ""
    room_wanted: str = ""
    low_year: int = 5
    high_year: int = 6
    pupils_max: int = 30
    minutes: int = 120
    travel_minutes: int = 30
    kit_id: int | None = None


COLUMNS = tuple(field.name for field in fields(TourDetails))


def details_of(tour: Tour) -> TourDetails:
    """Return a stored tour as it was written."""
    return TourDetails(**{name: getattr(tour, name) for name in COLUMNS})


def changed_fields(before: TourDetails, after: TourDetails) -> tuple[str, ...]:
    """Return the names of the fields that differ."""
    return tuple(name for name in COLUMNS if getattr(before, name) != getattr(after, name))


@dataclass(frozen=True, kw_only=True)
class StopWish:
    """What a school says when it asks for a stop."""

    school_id: int
    times: tuple[datetime, ...]
    room: str
    pupils: int
    others: int = 0
    low_year: int
    high_year: int
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class KitDetails:
    """What a kit is and what is in it."""

    name: str
    school_id: int
    contents: str = ""


def tour_problems(details: TourDetails) -> Iterator[Problem]:
    """Yield what is wrong with a tour."""
    asked_for = {
        "title": "Enter a title, such as “World War II in a Box”.",
        "theme": "Enter a theme, such as Science or History.",
        "concept": "Say what pupils will do.",
        "teacher": "Say which teacher is in charge.",
    }
    for name, sentence in asked_for.items():
        if not getattr(details, name):
            yield Problem(name, sentence)
    most = {"title": TITLE_MAX, "theme": 60, "teacher": TEACHER_MAX}
    yield from _lengths(details, most | dict.fromkeys(("concept", "room_wanted"), TEXT_MAX))
    yield from _years(details.low_year, details.high_year)
    if not 1 <= details.pupils_max <= PUPILS_MAX:
        yield Problem("pupils_max", f"Enter a number from 1 to {PUPILS_MAX}.")
    if not 10 <= details.minutes <= MINUTES_MAX:
        yield Problem("minutes", f"Enter a number of minutes from 10 to {MINUTES_MAX}.")
    if not 0 <= details.travel_minutes <= TRAVEL_MAX:
        yield Problem("travel_minutes", f"Enter a number of minutes from 0 to {TRAVEL_MAX}.")
    if details.last_on < details.first_on:
        yield Problem("last_on", "The last day must not be before the first.")


def wish_problems(wish: StopWish, tour: Tour, *, now: datetime) -> Iterator[Problem]:
    """Yield what is wrong with a school's wish for a stop of this tour."""
    if not wish.room:
        yield Problem("room", "Say which room it would be in.")
    yield from _lengths(wish, {"room": LINE_MAX, "note": TEXT_MAX})
    yield from _years(wish.low_year, wish.high_year)
    if wish.low_year < tour.low_year or wish.high_year > tour.high_year:
        years = year_groups.range_name(tour.low_year, tour.high_year)
        yield Problem("low_year", f"This tour is for {years}.")
    if wish.pupils < 1:
        yield Problem("pupils", "Enter how many of your pupils would take part.")
    elif wish.others < 0:
        yield Problem("others", "Enter 0 or more.")
    elif wish.pupils + wish.others > tour.pupils_max:
        yield Problem("pupils", f"At most {tour.pupils_max} pupils can take part at one stop.")
    yield from _times(wish, tour, now)


def _times(wish: StopWish, tour: Tour, now: datetime) -> Iterator[Problem]:
    if not wish.times:
        yield Problem("time_1", "Offer at least one date and time.")
    for number, at in enumerate(wish.times[:TIMES_MAX], start=1):
        on = london(at).date()
        if at <= now:
            yield Problem(f"time_{number}", "This is in the past. Choose a later time.")
        elif not tour.first_on <= on <= tour.last_on:
            words = f"The tour travels from {day_text(tour.first_on)} to {day_text(tour.last_on)}."
            yield Problem(f"time_{number}", words)
    if any(one == other for one, other in pairwise(sorted(wish.times))):
        yield Problem("time_1", "You have entered the same time twice.")


def kit_problems(details: KitDetails) -> Iterator[Problem]:
    """Yield what is wrong with a kit."""
    if not details.name:
        yield Problem("name", "Enter a name, such as “World War II in a Box”.")
    yield from _lengths(details, {"name": TITLE_MAX, "contents": TEXT_MAX})


def _lengths(details: object, most: dict[str, int]) -> Iterator[Problem]:
    for name, length in most.items():
        if len(getattr(details, name)) > length:
            yield Problem(name, f"Shorten this to {length:,} characters.")


def _years(low: int, high: int) -> Iterator[Problem]:
    if not {low, high} <= set(year_groups.ALL):
        yield Problem("low_year", "Choose year groups from Nursery to Year 13.")
    elif low > high:
        yield Problem("high_year", "The highest year must not be below the lowest.")
