"""An invented network's schools, people, school days and pupils."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from random import Random

from booking.cli import cast
from booking.cli.scale import names
from booking.cli.scale.rows import Rows
from booking.days.events.service.publishing import slugify
from booking.domain.permissions import Role
from booking.domain.terms import ClosedDays, SchoolCalendar, TermDays
from booking.people.pupils.models import Parent, Pupil, PupilParent
from booking.people.schools.models import Closure, Person, RoleGrant, School, Term

#: One school in so many hosts as well.
HOSTS_EVERY = 3
_TOWNS = 12


@dataclass(frozen=True)
class SchoolFacts:
    """What later parts need to know about a school."""

    id: int
    slug: str
    name: str
    years: tuple[int, int]
    roll: int
    coordinator_id: int


@dataclass
class Network:
    """The schools, who hosts, and which pupil can be named next."""

    schools: list[SchoolFacts]
    hosts: list[SchoolFacts]
    calendar: SchoolCalendar
    #: From (school, year group) to its pupils; each pupil's id is also the parent's.
    pupils: dict[tuple[int, int], list[int]] = field(default_factory=lambda: defaultdict(list))
    _next: dict[tuple[int, int], int] = field(default_factory=lambda: defaultdict(int))
    _busy: set[tuple[int, date]] = field(default_factory=set)

    def take_pupil(
        self, school: SchoolFacts, years: tuple[int, int], days: list[date]
    ) -> int | None:
        """Return a pupil who is free on these days and mark them busy, or None."""
        for pupil_id in self._in_turn(school, years):
            if not any((pupil_id, day) in self._busy for day in days):
                self._busy.update((pupil_id, day) for day in days)
                return pupil_id
        return None

    def _in_turn(self, school: SchoolFacts, years: tuple[int, int]) -> Iterator[int]:
        for year in range(max(years[0], school.years[0]), min(years[1], school.years[1]) + 1):
            group = self.pupils[school.id, year]
            for _ in group:
                turn = self._next[school.id, year]
                self._next[school.id, year] = (turn + 1) % len(group)
                yield group[turn]


def make(rows: Rows, rng: Random, *, schools: int, password_hash: str, now: datetime) -> Network:
    """Add terms, the network's people, and schools with their coordinators and hosts."""
    calendar = _calendar(rows, now)
    for facts in (cast.LEAD, cast.TREASURER, cast.AUDITOR):
        person_id = _person(rows, rng, facts.name, facts.email, password_hash, now)
        _grant(rows, person_id, facts.roles[0][0], None, now)
    made = [_school(rows, rng, number, password_hash, now) for number in range(schools)]
    hosts = made[::HOSTS_EVERY]
    for school in hosts:
        name = f"{names.forename(rng)} {names.surname(rng)}"
        person_id = _person(rows, rng, name, f"host@{school.slug}.example", password_hash, now)
        _grant(rows, person_id, Role.HOST, school.id, now)
    return Network(made, hosts, calendar)


def add_pupils(rows: Rows, rng: Random, network: Network, *, pupils: int, now: datetime) -> None:
    """Spread pupils over the schools and their years, each with one parent."""
    for number in range(pupils):
        school = network.schools[number % len(network.schools)]
        low, high = school.years
        year = low + number // len(network.schools) % (high - low + 1)
        surname = names.surname(rng)
        pupil_id = rows.add(
            Pupil,
            public_id=public_id(rng),
            school_id=school.id,
            forename=names.forename(rng),
            surname=surname,
            year_group=year,
            added_at=now,
        )
        parent_id = rows.add(
            Parent,
            school_id=school.id,
            name=f"{names.forename(rng)} {surname}",
            email=f"parent{number + 1}@parents.example",
            phone="",
        )
        rows.add(PupilParent, pupil_id=pupil_id, parent_id=parent_id)
        network.pupils[school.id, year].append(pupil_id)


def public_id(rng: Random) -> str:
    """Return 96 bits from the seed: the same each time, so not secret."""
    return f"{rng.getrandbits(96):024x}"


def _calendar(rows: Rows, now: datetime) -> SchoolCalendar:
    first_year = now.year if now.month >= 9 else now.year - 1
    years = [cast.school_year_days(year) for year in (first_year - 1, first_year, first_year + 1)]
    terms = [term for found, _ in years for term in found]
    half_terms = [closure for _, found in years for closure in found]
    for term in terms:
        rows.add(Term, name=term.name, first_on=term.first_on, last_on=term.last_on)
    for closure in half_terms:
        rows.add(
            Closure,
            public_id=f"closure-{closure.first_on}",
            school_id=None,
            first_on=closure.first_on,
            last_on=closure.last_on,
            reason=closure.name,
        )
    return SchoolCalendar(
        tuple(TermDays(t.name, t.first_on, t.last_on) for t in terms),
        tuple(ClosedDays(c.first_on, c.last_on, c.name) for c in half_terms),
    )


def _school(rows: Rows, rng: Random, number: int, password_hash: str, now: datetime) -> SchoolFacts:
    name = names.school(number)
    _ending, phase, low, high, usual = names.kind(number)
    slug, roll = slugify(name), round(usual * rng.uniform(0.6, 1.4))
    school_id = rows.add(
        School,
        slug=slug,
        name=name,
        urn=f"9{number:06d}",
        phase=phase,
        town=names.place(number % _TOWNS),
        postcode=f"ZX{number % 90 + 1} 1AA",
        address="School Lane",
        low_year=low,
        high_year=high,
        roll=roll,
        office_phone="01632 960999",
        emergency_phone="07700 900999",
        website=f"https://{slug}.example",
        left_on=None,
        created_at=now,
    )
    coordinator = f"{names.forename(rng)} {names.surname(rng)}"
    person_id = _person(rows, rng, coordinator, f"coordinator@{slug}.example", password_hash, now)
    _grant(rows, person_id, Role.COORDINATOR, school_id, now)
    return SchoolFacts(school_id, slug, name, (low, high), roll, person_id)


def _person(
    rows: Rows, rng: Random, name: str, email: str, password_hash: str, now: datetime
) -> int:
    return rows.add(
        Person,
        public_id=public_id(rng),
        name=name,
        email=email,
        mobile="07700 900998",
        password_hash=password_hash,
        disabled_at=None,
        created_at=now,
    )


def _grant(rows: Rows, person_id: int, role: Role, school_id: int | None, now: datetime) -> None:
    rows.add(
        RoleGrant,
        public_id=f"grant-{person_id}",
        person_id=person_id,
        role=role,
        school_id=school_id,
        event_id=None,
        granted_at=now,
    )
