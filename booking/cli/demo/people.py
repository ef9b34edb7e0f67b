"""The demonstration's schools, people, school days and pupils."""

import random
from datetime import date, datetime

from booking.cli import cast
from booking.domain.permissions import COMMAND, Actor, Grant, Role
from booking.domain.terms import ClosedDays, SchoolCalendar, TermDays
from booking.foundation.db import transaction
from booking.people.pupils import service as pupils
from booking.people.pupils.imports.people import GivenContact
from booking.people.pupils.imports.rows import PupilRow
from booking.people.schools import passwords
from booking.people.schools import queries as school_queries
from booking.people.schools import service as schools
from booking.people.schools.models import Person, School

PUPILS_PER_YEAR = 6
YEARS_PER_SCHOOL = 6
FORENAMES = (
    "Amara",
    "Benedikt",
    "Caoimhe",
    "Dev",
    "Elif",
    "Freddie",
    "Gwen",
    "Hamza",
    "Isla",
    "Jomo",
    "Kezia",
    "Leon",
    "Maya",
    "Noah",
    "Orla",
    "Pawel",
    "Quincy",
    "Ruby",
    "Sanjay",
    "Tilda",
    "Uche",
    "Violet",
    "Wilf",
    "Xanthe",
    "Yasmin",
    "Zac",
    "Aoife",
    "Bilal",
    "Clara",
    "Dougal",
)
SURNAMES = (
    "Abara",
    "Beech",
    "Castellan",
    "Drummond",
    "Eze",
    "Fairweather",
    "Grzelak",
    "Hartigan",
    "Ibekwe",
    "Jessop",
    "Kaur",
    "Lovelace",
    "Marchetti",
    "Nightingale",
    "Okafor",
    "Pemberton",
    "Quayle",
    "Rahman",
    "Sorensen",
    "Tremaine",
    "Underhill",
    "Vance",
    "Whitlock",
    "Yilmaz",
)
_COLLEGE = "Tallow Hill Sixth Form College"
_ASSOCIATE = ((Role.ASSOCIATE, None),)
#: They see what colleagues share, and no pupils.
COLLEAGUES: tuple[cast.PersonFacts, ...] = (
    cast.PersonFacts("Imogen Farrow", "staff@hollow-lane.example", ((Role.STAFF, "hollow-lane"),)),
    cast.PersonFacts(
        "Bart Quist", "associate@tallow-hill.example", _ASSOCIATE, institution=_COLLEGE
    ),
)


def add_schools(now: datetime) -> dict[str, School]:
    """Add the schools of the cast; return them by slug."""
    with transaction():
        return {
            facts.slug: schools.add_school(
                actor=COMMAND,
                now=now,
                name=facts.name,
                slug=facts.slug,
                phase=facts.phase,
                low_year=facts.low_year,
                high_year=facts.high_year,
                roll=facts.roll,
                urn=facts.urn,
                town=facts.town,
                postcode=facts.postcode,
                address=facts.address,
                office_phone=facts.office_phone,
                emergency_phone=facts.emergency_phone,
                website=facts.website,
                **facts.safeguarding,
            )
            for facts in cast.SCHOOLS
        }


def school_year_of(on: date) -> int:
    """Return the year in which the school year of a day began."""
    return on.year if on.month >= 9 else on.year - 1


def school_calendar(today: date) -> SchoolCalendar:
    """Return the school days of the network around a day, as `add_days` will add them."""
    years = range(school_year_of(today) - 2, school_year_of(today) + 2)
    known = [cast.school_year_days(year) for year in years]
    return SchoolCalendar(
        terms=tuple(TermDays(d.name, d.first_on, d.last_on) for ds, _ in known for d in ds),
        closures=tuple(ClosedDays(d.first_on, d.last_on, d.name) for _, ds in known for d in ds),
        bank_holidays=school_queries.bank_holidays(years[0], years[-1] + 2),
    )


def add_days(now: datetime, today: date) -> None:
    """Add the terms and half terms of the school years from now to the one after today's."""
    years = range(
        min(school_year_of(now.date()), school_year_of(today) - 1), school_year_of(today) + 2
    )
    with transaction():
        for year in years:
            terms, half_terms = cast.school_year_days(year)
            for term in terms:
                schools.add_term(
                    actor=COMMAND,
                    now=now,
                    name=f"{term.name} {term.first_on.year}",
                    first_on=term.first_on,
                    last_on=term.last_on,
                )
            for days in half_terms:
                schools.add_closure(
                    actor=COMMAND,
                    now=now,
                    school=None,
                    first_on=days.first_on,
                    last_on=days.last_on,
                    reason=days.name,
                )


def add_people(now: datetime, by_slug: dict[str, School]) -> dict[str, Actor]:
    """Add the people of the cast with their roles; return each as an actor, by e-mail."""
    password = passwords.hashed(cast.PASSWORD)
    actors = {}
    with transaction():
        for facts in (*cast.PEOPLE, *COLLEAGUES):
            person = schools.add_person(
                actor=COMMAND,
                now=now,
                name=facts.name,
                email=facts.email,
                password=password,
                mobile=facts.mobile,
            )
            for role, slug in facts.roles:
                schools.grant_role(
                    actor=COMMAND,
                    now=now,
                    person=person,
                    role=role,
                    school=by_slug[slug] if slug else None,
                    institution=facts.institution,
                )
            actors[facts.email] = _actor(person, facts, by_slug)
    return actors


def _actor(person: Person, facts: cast.PersonFacts, by_slug: dict[str, School]) -> Actor:
    grants = {Grant(role, by_slug[slug].id if slug else None) for role, slug in facts.roles}
    return Actor(person_id=person.id, grants=frozenset(grants))


def add_pupils(now: datetime, school: School, actor: Actor, dice: random.Random) -> None:
    """Import some pupils in every year of a school, as its own system would export them."""
    low, high = school.low_year, school.high_year
    rows: list[PupilRow] = []
    for year in range(low, high + 1):
        for _ in range(PUPILS_PER_YEAR if high - low < YEARS_PER_SCHOOL * 2 else 4):
            rows.append(_pupil(len(rows) + 2, year, school.slug, dice))
    with transaction():
        pupils.import_pupils(actor=actor, now=now, school=school, rows=_unlike(rows))


def _pupil(line: int, year: int, slug: str, dice: random.Random) -> PupilRow:
    surname = dice.choice(SURNAMES)
    number = dice.randrange(1000)
    parent = GivenContact(
        name=f"{dice.choice(FORENAMES)} {surname}",
        email=f"{surname.lower()}.{line}@{slug}.families.example",
        phone=f"+447700900{number:03d}",
    )
    return PupilRow(line, dice.choice(FORENAMES), surname, year, (parent,))


def _unlike(rows: list[PupilRow]) -> list[PupilRow]:
    return list({row.key: row for row in rows}.values())
