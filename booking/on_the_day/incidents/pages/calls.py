"""The call list: for the host by school, for a school by pupil, with whom to ring in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from booking.days.events.models import Event, EventDate
from booking.days.places.models import Booking
from booking.on_the_day.answers import queries as answer_queries
from booking.on_the_day.incidents import queries, words
from booking.on_the_day.incidents.models import Call, Callee
from booking.on_the_day.rosters import queries as roster_queries
from booking.people.schools.models import School


@dataclass(frozen=True)
class Number:
    """Somebody to ring."""

    callee: Callee
    name: str
    #: As it is dialled.
    phone: str


@dataclass(frozen=True)
class CallPupil:
    """A pupil who is unexplained, and what calls have told."""

    public_id: str
    name: str
    year_group: int
    told: Sequence[str]


@dataclass(frozen=True)
class CallGroup:
    """Pupils about whom the same people are rung."""

    key: str
    title: str
    numbers: Sequence[Number]
    pupils: Sequence[CallPupil]


@dataclass(frozen=True)
class CallPage:
    """The call list of a date."""

    event: Event
    day: EventDate
    since: datetime
    #: Whether the time for it has come.
    is_due: bool
    #: Whether anybody has been marked; before, the register comes first.
    is_begun: bool
    groups: Sequence[CallGroup]

    @property
    def count(self) -> int:
        """How many pupils are unexplained."""
        return sum(len(group.pupils) for group in self.groups)


def calls_at_host(event: Event, day: EventDate, *, now: datetime) -> CallPage:
    """Return the list by school: the adults who travel along, then the school; no parent."""
    found = queries.unexplained(event.id, day.id)
    calls = queries.calls(day.id, [booking.id for booking in found])
    adults = roster_queries.adults(event.id)
    groups = []
    for school, bookings in groupby(found, key=lambda booking: booking.school):
        numbers = [
            Number(Callee.ADULT, adult.name, adult.mobile)
            for adult in adults
            if adult.school_id == school.id
        ]
        pupils = [_pupil(booking, calls.get(booking.id, [])) for booking in bookings]
        groups.append(CallGroup(school.slug, school.name, [*numbers, *_school(school)], pupils))
    return _page(event, day, groups, now)


def calls_at_school(event: Event, day: EventDate, school: School, *, now: datetime) -> CallPage:
    """Return a school's own list by pupil: its adults who travel along, then the parents."""
    found = queries.unexplained(event.id, day.id, school_id=school.id)
    calls = queries.calls(day.id, [booking.id for booking in found])
    ring = answer_queries.contacts(event.id, school.id)
    adults = [
        Number(Callee.ADULT, adult.name, adult.mobile)
        for adult in roster_queries.adults(event.id, school.id)
    ]
    groups = []
    for booking in found:
        told = ring.get(booking.id)
        numbers = [Number(Callee.PARENT, told.name, told.phone)] if told else []
        numbers += [
            Number(Callee.PARENT, parent.name, parent.phone)
            for parent in booking.pupil.parents
            if parent.phone and (told is None or parent.phone != told.phone)
        ]
        pupil = _pupil(booking, calls.get(booking.id, []))
        groups.append(CallGroup(booking.public_id, pupil.name, [*adults, *numbers], [pupil]))
    return _page(event, day, groups, now)


def _page(event: Event, day: EventDate, groups: Sequence[CallGroup], now: datetime) -> CallPage:
    since = day.starts_at + queries.times(event.id).call_after
    return CallPage(event, day, since, since <= now, queries.is_begun(day.id), groups)


def _school(school: School) -> Sequence[Number]:
    phone = school.emergency_phone or school.office_phone
    return [Number(Callee.SCHOOL, school.name, phone)] if phone else []


def _pupil(booking: Booking, calls: Sequence[Call]) -> CallPupil:
    return CallPupil(
        public_id=booking.public_id,
        name=booking.pupil.name.strip(),
        year_group=booking.pupil.year_group,
        told=[_told(call) for call in calls],
    )


def _told(call: Call) -> str:
    learnt = f": {call.learnt}" if call.learnt else ""
    callee = words.CALLEE_WORDS[call.callee]
    result = words.RESULT_WORDS[call.result].lower()
    return f"{words.at(call.made_at)}, {call.made_by.name} rang {callee}: {result}{learnt}"
