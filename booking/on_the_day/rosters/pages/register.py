"""What the register and the home school's attendance table show, ready for the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from booking.days.events.models import Event, EventDate
from booking.days.groups import queries as group_queries
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain.registering import PRESENT, Arrival, Departure
from booking.domain.terms import london
from booking.on_the_day.rosters import queries, windows, words
from booking.on_the_day.rosters.models import RegisterMark
from booking.people.schools.models import School


@dataclass(frozen=True)
class RegisterLine:
    """One pupil in the register."""

    public_id: str
    name: str
    year_group: int
    school_name: str
    #: None: expected, and not marked yet.
    arrival: Arrival | None
    departure: Departure | None
    left_with: str
    #: The state in words, with the time.
    words: str


class Register:
    """The register for one date, for all schools or for one."""

    def __init__(
        self, event: Event, day: EventDate, school_slug: str, now: datetime, *, group: str = ""
    ) -> None:
        self.event, self.day, self.now = event, day, now
        self.school_slug = school_slug
        self.groups = group_queries.groups(event.id)
        #: The group that the register is limited to, if it is one of these.
        self.group = next((one for one in self.groups if str(one.id) == group), None)
        self.is_open = windows.register_is_open(day, now)

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
    def pupils(self) -> list[RegisterLine]:
        """The pupils shown."""
        marks = queries.marks(self.day.id)
        return [_pupil(booking, marks.get(booking.id)) for booking in self.bookings]

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

    @property
    def counts(self) -> list[tuple[str, int]]:
        """How many are expected, here now, reported absent, not here, gone and not marked."""
        arrivals = [pupil.arrival for pupil in self.pupils]
        left = sum(pupil.departure is not None for pupil in self.pupils)
        here = sum(p.arrival in PRESENT and p.departure is None for p in self.pupils)
        return [
            ("Expected", len(arrivals)),
            ("Here", here),
            ("Absent", arrivals.count(Arrival.ABSENT_REPORTED)),
            ("Not here", arrivals.count(Arrival.NOT_HERE)),
            ("Left", left),
            ("Not marked", self.unmarked),
        ]

    @property
    def unmarked(self) -> int:
        """How many are not marked yet."""
        return [pupil.arrival for pupil in self.pupils].count(None)

    @property
    def closed_words(self) -> str:
        """When this register opens, or when it closed."""
        return windows.register_closed_words(self.day, self.now)


def _pupil(booking: Booking, mark: RegisterMark | None) -> RegisterLine:
    return RegisterLine(
        public_id=booking.public_id,
        name=booking.pupil.name.strip(),
        year_group=booking.pupil.year_group,
        school_name=booking.school.name,
        arrival=mark.arrival if mark else None,
        departure=mark.departure if mark else None,
        left_with=(mark.left_with or "") if mark else "",
        words=mark_words(mark),
    )


def mark_words(mark: RegisterMark | None, *, codes: bool = False) -> str:
    """Return a mark in words with its time: "Here 8:52", "Late 9:20, left early 14:05 with …"."""
    if mark is None:
        return words.EXPECTED
    told = []
    if mark.arrival and mark.arrival_at:
        suggested = f": code {words.VISIT_CODE}" if codes and mark.present else ""
        told.append(f"{words.ARRIVALS[mark.arrival]} {_time(mark.arrival_at)}{suggested}")
    if mark.departure and mark.departure_at:
        whom = f" with {mark.left_with}" if mark.left_with else ""
        told.append(f"{words.DEPARTURES[mark.departure]} {_time(mark.departure_at)}{whom}")
    return ", ".join([told[0], *(one[0].lower() + one[1:] for one in told[1:])])


def _time(at: datetime) -> str:
    return f"{london(at):%-H:%M}"


def attendance(event: Event, school: School, now: datetime) -> tuple[list[str], list[list[str]]]:
    """Return the head and rows of a school's attendance so far, with the code for its own
    register; there are no rows before the first morning."""
    days = [day for day in event.dates if london(day.starts_at).date() <= london(now).date()]
    if not days:
        return [], []
    marks = queries.marks_of_school(event.id, school.id)
    head = ["Pupil", *(f"{london(day.starts_at):%-d %B}" for day in days)]
    rows = [
        [
            booking.pupil.name,
            *(mark_words(marks.get((booking.id, day.id)), codes=True) for day in days),
        ]
        for booking in place_queries.expected(event.id)
        if booking.school_id == school.id
    ]
    return head, rows
