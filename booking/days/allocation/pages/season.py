"""The season so far: what each school received this school year, against an equal share."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property

from booking.days.allocation import queries
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.days.places.queries import SharedEvent
from booking.domain import terms
from booking.domain.allocation import balance
from booking.people.schools.models import School


@dataclass(frozen=True)
class SchoolSeason:
    """How one school is doing in the season."""

    school: School
    asked: int
    received: int
    share: Fraction

    @property
    def owed(self) -> Fraction:
        """How many places it is short of an equal share; below zero when it has had more."""
        return self.share - self.received


@dataclass(frozen=True)
class OwnDay:
    """One event of the season, from one school's point of view."""

    event: Event
    asked: int
    received: int
    given: int
    share: Fraction


class SeasonSoFar:
    """The events of one school year whose places went out, and how every school is doing."""

    def __init__(self, now: datetime) -> None:
        self.year = terms.school_year(terms.london(now).date())
        self.events = place_queries.shared_in_year(now)
        self.schools = queries.schools_of_season(
            since=terms.school_year_bounds(self.year)[0],
            received_ids={id_ for event in self.events for id_ in event.received},
        )

    @cached_property
    def _members(self) -> dict[int, balance.Member]:
        return {
            school.id: balance.Member((school.low_year, school.high_year), school.left_on)
            for school in self.schools
        }

    @cached_property
    def _days(self) -> list[balance.Day]:
        return [
            balance.Day(
                (shared.event.low_year, shared.event.high_year),
                terms.london(shared.event.first_starts_at or shared.event.created_at).date(),
                shared.received,
            )
            for shared in self.events
        ]

    @cached_property
    def lines(self) -> list[SchoolSeason]:
        """Every school, the one owed most first; level ones by name."""
        shares = balance.equal_shares(self._members, self._days)
        asked, received = _sums(self.events)
        lines = [
            SchoolSeason(
                school, asked.get(school.id, 0), received.get(school.id, 0), shares[school.id]
            )
            for school in self.schools
        ]
        return sorted(lines, key=lambda line: (-line.owed, line.school.name, line.school.id))

    @property
    def given(self) -> int:
        """How many places went out in total."""
        return sum(line.received for line in self.lines)

    def line_of(self, school_id: int) -> SchoolSeason | None:
        """Return how one school is doing; None for one that left before this school year."""
        return next((line for line in self.lines if line.school.id == school_id), None)

    def days_of(self, school_id: int) -> list[OwnDay]:
        """Return the events in which one school has a share, or asked for places, by date."""
        dealt = balance.deal(self._members, self._days)
        shares = balance.shares_of(self._members, dealt, school_id)
        return [
            OwnDay(
                shared.event,
                asked=shared.asked.get(school_id, 0),
                received=shared.received.get(school_id, 0),
                given=sum(shared.received.values()),
                share=share,
            )
            for shared, share in zip(self.events, shares, strict=True)
            if share or school_id in shared.asked
        ]


def _sums(events: Sequence[SharedEvent]) -> tuple[dict[int, int], dict[int, int]]:
    asked: dict[int, int] = {}
    received: dict[int, int] = {}
    for event in events:
        for counted, found in ((asked, event.asked), (received, event.received)):
            for school_id, count in found.items():
                counted[school_id] = counted.get(school_id, 0) + count
    return asked, received


def difference(line: SchoolSeason) -> str:
    """Return how far a school is from an equal share, in words."""
    size = balance.tenths(abs(line.owed))
    if size == "0":
        return "Level"
    return f"{size} owed" if line.owed > 0 else f"{size} more"
