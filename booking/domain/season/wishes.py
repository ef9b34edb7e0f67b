"""What is wished for in a season: its events, schools and pupils, and what could be given."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from booking.domain.allocation import claims


class TwoOfAName(claims.ClaimRefused):
    """Two events, schools or pupils of a season, or two wishes of a pupil, are the same."""


class NotInTheSeason(claims.ClaimRefused):
    """A pupil is of a school, or wishes for an event, that the season does not have."""


class NotForTheYear(claims.ClaimRefused):
    """A pupil wishes for an event that is for other years."""


class NothingWished(claims.ClaimRefused):
    """A pupil could go to no event."""


class DateRefused(claims.ClaimRefused):
    """A date ends before it starts, or its times have no time zone."""


@dataclass(frozen=True)
class Date:
    """One of an event's dates: from its start until just before its end."""

    starts_at: datetime
    ends_at: datetime

    def __post_init__(self) -> None:
        if self.starts_at.utcoffset() is None or self.ends_at.utcoffset() is None:
            raise DateRefused("The times of a date need a time zone.")
        if self.starts_at >= self.ends_at:
            raise DateRefused("A date must end after it starts.")

    def overlaps(self, other: "Date") -> bool:
        """Return whether the two overlap; one may start as the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True)
class SeasonEvent:
    """An event with places to share."""

    slug: str
    places: int
    dates: tuple[Date, ...] = ()
    #: The most places that one school may have here; None means no cap.
    at_most: int | None = None
    #: The lowest and the highest year group that may come; None means any.
    years: tuple[int, int] | None = None

    def __post_init__(self) -> None:
        claims.legible(self.slug, "The short name of an event")
        claims.whole(self.places, "The number of places")
        if self.at_most is not None:
            claims.whole(self.at_most, "The most places that a school may have")

    @property
    def for_one_school(self) -> int:
        """The most places that any school could have here."""
        return self.places if self.at_most is None else min(self.places, self.at_most)

    def is_for(self, year: int | None) -> bool:
        """Return whether a pupil of this year may come; an unknown year may."""
        return self.years is None or year is None or self.years[0] <= year <= self.years[1]


@dataclass(frozen=True)
class SeasonSchool:
    """A school: what it has received this school year, and the weight of its turns."""

    slug: str
    received: int = 0
    weight: int = 1

    def __post_init__(self) -> None:
        claims.legible(self.slug, "The short name of a school")
        claims.whole(self.received, "The number of places received this year")
        claims.whole(self.weight, "The number of pupils", least=1, most=claims.MOST_WEIGHT)


@dataclass(frozen=True)
class SeasonPupil:
    """A pupil, known by a reference alone, with the events that would do, best first."""

    reference: str
    school: str
    wishes: tuple[str, ...]
    #: The most events to go to; one counts once, however many dates it has.
    at_most: int = 1
    year: int | None = None
    #: How many of the wishes, from the first, are in order of preference; the rest are equally
    #: good. None means that all are in order.
    ranked: int | None = None

    def __post_init__(self) -> None:
        claims.legible(self.reference, "The reference of a pupil")
        claims.whole(self.at_most, "The most events for a pupil", least=1)
        if self.ranked is not None:
            claims.whole(self.ranked, "The number of wishes in order", most=len(self.wishes))
        if not self.wishes:
            raise NothingWished(f"{self.reference} has no event to go to; leave the pupil out.")
        if twice := _twice(self.wishes):
            raise TwoOfAName(f"{self.reference} has {twice} among the wishes more than once.")

    def rank(self, event: str) -> int:
        """Return where the event stands among the wishes, from 1; equal ones share a rank."""
        place = self.wishes.index(event)
        return (place if self.ranked is None else min(place, self.ranked)) + 1


@dataclass(frozen=True)
class Season:
    """Everything that decides who could go where in a season."""

    #: One line that names the season in the lottery, such as "autumn-2026".
    name: str
    events: tuple[SeasonEvent, ...]
    schools: tuple[SeasonSchool, ...]
    pupils: tuple[SeasonPupil, ...]
    #: The seed of the lottery, as for a round.
    seed: str

    def __post_init__(self) -> None:
        claims.legible(self.name, "The name of a season")
        claims.legible(self.seed, "The seed of the lottery")
        for names in (
            [event.slug for event in self.events],
            [school.slug for school in self.schools],
            [pupil.reference for pupil in self.pupils],
        ):
            if twice := _twice(names):
                raise TwoOfAName(f"{twice} is in the season more than once.")
        for pupil in self.pupils:
            self._check_known(pupil)

    def _check_known(self, pupil: SeasonPupil) -> None:
        if pupil.school not in self.school_of:
            raise NotInTheSeason(f"{pupil.school} is not one of the schools of the season.")
        for event in pupil.wishes:
            if event not in self.event_of:
                raise NotInTheSeason(f"{event} is not one of the events of the season.")
            if not self.event_of[event].is_for(pupil.year):
                raise NotForTheYear(f"{event} is not for the year of {pupil.reference}.")

    @cached_property
    def event_of(self) -> Mapping[str, SeasonEvent]:
        """The events by slug."""
        return {event.slug: event for event in self.events}

    @cached_property
    def school_of(self) -> Mapping[str, SeasonSchool]:
        """The schools by slug."""
        return {school.slug: school for school in self.schools}

    @cached_property
    def pupil_of(self) -> Mapping[str, SeasonPupil]:
        """The pupils by reference."""
        return {pupil.reference: pupil for pupil in self.pupils}


@dataclass(frozen=True, order=True)
class GivenPlace:
    """One place of a plan."""

    pupil: str
    event: str


@dataclass(frozen=True)
class Plan:
    """The places that a season could give, in order of pupil and event."""

    given: tuple[GivenPlace, ...]

    @cached_property
    def events_of(self) -> Mapping[str, frozenset[str]]:
        """The events of each pupil who is given at least one."""
        found: dict[str, set[str]] = {}
        for place in self.given:
            found.setdefault(place.pupil, set()).add(place.event)
        return {pupil: frozenset(events) for pupil, events in found.items()}

    @cached_property
    def taken(self) -> Mapping[str, int]:
        """How many places are given at each event, where there are any."""
        return Counter(place.event for place in self.given)

    def totals(self, season: Season) -> dict[str, int]:
        """Return how many places each school of the season is given, zeros included."""
        found = {school.slug: 0 for school in season.schools}
        for place in self.given:
            found[season.pupil_of[place.pupil].school] += 1
        return found

    def held(self, season: Season) -> Mapping[tuple[str, str], int]:
        """Return how many places each school is given at each event, where there are any."""
        return Counter((season.pupil_of[place.pupil].school, place.event) for place in self.given)


def _twice(names: Iterable[str]) -> str | None:
    """Return the first name that is repeated, if any."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None
