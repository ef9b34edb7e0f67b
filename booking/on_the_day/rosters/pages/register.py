"""What the register shows, ready for its template and for the phone that it works on."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from itertools import groupby

from booking.days.events.models import Event, EventDate
from booking.days.groups import queries as group_queries
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.permissions import Action, Actor, Scope, may
from booking.domain.registering import PRESENT, Arrival, Departure
from booking.on_the_day.rosters import queries, windows
from booking.on_the_day.rosters.models import RegisterMark
from booking.on_the_day.rosters.pages import rows as roster_rows
from booking.on_the_day.rosters.pages.attendance import mark_words
from booking.on_the_day.rosters.pages.rows import NOTHING_SAID, Adult
from booking.on_the_day.rosters.queries import DayNeeds
from booking.people.schools.models import School

#: How a state is coloured; the words say the same.
TONES: Mapping[str, str] = {
    Arrival.ARRIVED: "good",
    Arrival.LATE: "info",
    Arrival.ABSENT_REPORTED: "neutral",
    Arrival.NOT_HERE: "bad",
}


@dataclass(frozen=True)
class RegisterLine:
    """One pupil in the register."""

    public_id: str
    name: str
    year_group: int
    #: None: expected, and not marked yet.
    arrival: Arrival | None
    departure: Departure | None
    #: The state in words, with the time.
    words: str
    tone: str
    #: Life-safety alert and food: empty while closed, or for people who may not see them.
    health: str
    food: str


@dataclass(frozen=True)
class Party:
    """The pupils from one school, and whom to ring if one of them is not here."""

    school: School
    adults: Sequence[Adult]
    pupils: Sequence[RegisterLine]

    @property
    def phone(self) -> str:
        """The school's number for the day."""
        return self.school.emergency_phone or self.school.office_phone


class Register:
    """The register for one date, for all schools or for one."""

    def __init__(
        self,
        event: Event,
        day: EventDate,
        school_slug: str,
        now: datetime,
        *,
        actor: Actor,
        group: str = "",
    ) -> None:
        self.event, self.day, self.now = event, day, now
        self.school_slug = school_slug
        self.groups = group_queries.groups(event.id)
        #: The group that the register is limited to, if it is one of these.
        self.group = next((one for one in self.groups if str(one.id) == group), None)
        self.is_open = windows.register_is_open(day, now)
        days = windows.days_of(event)
        sees = may(actor, Action.SEE_HEALTH, Scope(event.host_school_id, event.id))
        self.shows_needs = sees and days.needs_are_open(now)
        self.shows_health = sees and days.health_is_open(now)

    @cached_property
    def _expected(self) -> Sequence[Booking]:
        return place_queries.expected(self.event.id)

    @cached_property
    def schools(self) -> list[School]:
        """The schools whose pupils are expected."""
        return list({booking.school_id: booking.school for booking in self._expected}.values())

    @property
    def shown(self) -> dict[str, str | None]:
        """What the register is limited to, as its addresses carry it."""
        return {
            "school": self.school_slug or None,
            "group": str(self.group.id) if self.group else None,
        }

    @property
    def school_id(self) -> int | None:
        """The school that the register is limited to, if it is one of these."""
        return next((s.id for s in self.schools if s.slug == self.school_slug), None)

    @cached_property
    def bookings(self) -> list[Booking]:
        """The bookings of the pupils shown."""
        inside = group_queries.group_ids(self.event.id) if self.group else {}
        return [
            booking
            for booking in self._expected
            if self.school_id in {None, booking.school_id}
            and (self.group is None or inside.get(booking.id) == self.group.id)
        ]

    @cached_property
    def parties(self) -> list[Party]:
        """The pupils shown, by school."""
        marks = queries.marks(self.day.id)
        told = queries.day_needs(self.event.id, needs=self.shows_needs, health=self.shows_health)
        adults: dict[int, list[Adult]] = defaultdict(list)
        for adult in queries.adults(self.event.id):
            adults[adult.school_id].append(Adult(adult.name, adult.mobile))
        return [
            Party(
                school,
                adults[school.id],
                [_line(one, marks.get(one.id), told.get(one.id, NOTHING_SAID)) for one in found],
            )
            for school, found in groupby(self.bookings, lambda booking: booking.school)
        ]

    @cached_property
    def pupils(self) -> list[RegisterLine]:
        """The pupils shown."""
        return [pupil for party in self.parties for pupil in party.pupils]

    @property
    def counts(self) -> list[tuple[str, str, int]]:
        """How many are expected, here now, reported absent, not here, gone and not marked."""
        arrivals = [pupil.arrival for pupil in self.pupils]
        left = sum(pupil.departure is not None for pupil in self.pupils)
        here = sum(p.arrival in PRESENT and p.departure is None for p in self.pupils)
        return [
            ("expected", "Expected", len(arrivals)),
            ("here", "Here", here),
            ("absent", "Absent", arrivals.count(Arrival.ABSENT_REPORTED)),
            ("missing", "Not here", arrivals.count(Arrival.NOT_HERE)),
            ("left", "Left", left),
            ("unmarked", "To mark", self.unmarked),
        ]

    @property
    def unmarked(self) -> int:
        """How many are not marked yet."""
        return [pupil.arrival for pupil in self.pupils].count(None)

    @property
    def closed_words(self) -> str:
        """When this register opens, or when it closed."""
        return windows.register_closed_words(self.day, self.now)

    @property
    def kept_until(self) -> float | None:
        """Until when a phone keeps this page, in milliseconds; None if it is not to keep it."""
        until = windows.kept_until([self.day], self.now)
        return until.timestamp() * 1000 if until and self.is_open else None


def _line(booking: Booking, mark: RegisterMark | None, needs: DayNeeds) -> RegisterLine:
    return RegisterLine(
        public_id=booking.public_id,
        name=booking.pupil.name.strip(),
        year_group=booking.pupil.year_group,
        arrival=mark.arrival if mark else None,
        departure=mark.departure if mark else None,
        words=mark_words(mark),
        tone="neutral" if mark is None or mark.departure else TONES.get(mark.arrival or "", ""),
        health=needs.health,
        food=roster_rows.food(needs.diets, needs.diet_note),
    )
