"""The invented network used by the demonstration, the tests, the docs and the screenshots.

No school, place, person, telephone number or address here is real: reference numbers begin with 9,
addresses end in `.example`, and telephone numbers come from the ranges reserved for drama.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

import holidays

from booking.domain.permissions import Role

#: Everybody's password in the demonstration.
PASSWORD = "enrichment-days-demo"  # noqa: S105 - printed for everybody by `make demo`
NETWORK_DOMAIN = "fairplace.example"


@dataclass(frozen=True)
class CastSchool:
    """One school of the cast."""

    slug: str
    name: str
    phase: str
    town: str
    low_year: int
    high_year: int
    roll: int
    urn: str
    postcode: str
    address: str
    phone_ending: str

    @property
    def office_phone(self) -> str:
        """Return the office's number."""
        return f"01632 960{self.phone_ending}"

    @property
    def emergency_phone(self) -> str:
        """Return the emergency number, for while pupils are out."""
        return f"07700 900{self.phone_ending}"

    @property
    def safeguarding(self) -> dict[str, str]:
        """Return whom to tell of a worry about a child, and how to ring them."""
        return {
            "safeguarding_name": "Dana Whitfield",
            "safeguarding_phone": f"01632 960{self.phone_ending}",
            "deputy_safeguarding_name": "Owen Pryce",
            "deputy_safeguarding_phone": f"07700 900{self.phone_ending}",
            "head_name": "Judith Fairley",
            "head_email": f"head@{self.slug}.example",
        }

    @property
    def website(self) -> str:
        """Return the address of the school's website."""
        return f"https://{self.slug}.example"


@dataclass(frozen=True)
class PersonFacts:
    """One person of the cast, with roles as (role, slug of the school or None)."""

    name: str
    email: str
    roles: tuple[tuple[Role, str | None], ...]
    mobile: str = ""
    #: Where an associate comes from.
    institution: str = ""


_numbers = count(1)


def _school(
    slug: str, name: str, phase: str, years: tuple[int, int], roll: int, town: str, street: str
) -> CastSchool:
    number = next(_numbers)
    nth = number % 9
    return CastSchool(
        slug=slug,
        name=name,
        phase=phase,
        town=town,
        low_year=years[0],
        high_year=years[1],
        roll=roll,
        urn=f"9001{number:02d}",
        postcode=f"{_POSTCODES[town]} {nth + 1}{'ABDEFGHJL'[nth]}{'NPQRSTUWX'[nth]}",
        address=street,
        phone_ending=f"1{number:02d}",
    )


_POSTCODES = {
    "Aldermere": "ZX1",
    "Thistleford": "ZX2",
    "Quillbury": "ZX3",
    "Brackenholt": "ZX4",
    "Netherwick": "ZX5",
}
_N, _R = -1, 0
#: Three tiers of schools in and around Aldermere and Quillbury; two tiers towards Netherwick.
SCHOOLS: tuple[CastSchool, ...] = (
    _school(
        "hollow-lane", "Hollow Lane First School", "first", (_N, 4), 162, "Aldermere", "Hollow Lane"
    ),
    _school(
        "st-wulfrida",
        "St Wulfrida’s Church of England First School",
        "first",
        (_R, 4),
        118,
        "Aldermere",
        "Church Row",
    ),
    _school(
        "millrace", "Millrace First School", "first", (_N, 4), 205, "Thistleford", "Sluice Street"
    ),
    _school(
        "oxlip-field", "Oxlip Field First School", "first", (_R, 4), 144, "Quillbury", "Oxlip Way"
    ),
    _school(
        "brackenholt",
        "Brackenholt Village First School",
        "first",
        (_R, 4),
        47,
        "Brackenholt",
        "The Green",
    ),
    _school(
        "chantry-gate",
        "Chantry Gate Lower School",
        "lower",
        (_R, 4),
        133,
        "Quillbury",
        "Chantry Gate",
    ),
    _school(
        "aldermere-middle",
        "Aldermere Middle School",
        "middle",
        (5, 8),
        438,
        "Aldermere",
        "Weir Road",
    ),
    _school(
        "osier-bridge",
        "Osier Bridge Middle School",
        "middle",
        (5, 8),
        391,
        "Thistleford",
        "Osier Bridge",
    ),
    _school(
        "quillbury-middle",
        "Quillbury Middle School",
        "middle",
        (5, 8),
        356,
        "Quillbury",
        "Penknife Lane",
    ),
    _school(
        "aldermere-upper",
        "Aldermere Upper School",
        "upper",
        (9, 13),
        1040,
        "Aldermere",
        "Weir Road",
    ),
    _school(
        "quill-valley",
        "Quill Valley Upper School",
        "upper",
        (9, 13),
        872,
        "Quillbury",
        "Valley Drive",
    ),
    _school(
        "tindlebrook",
        "Tindlebrook Primary School",
        "primary",
        (_N, 6),
        411,
        "Netherwick",
        "Brook Street",
    ),
    _school(
        "pennyfold", "Pennyfold Primary School", "primary", (_R, 6), 208, "Netherwick", "Pennyfold"
    ),
    _school(
        "beacon-ridge",
        "Beacon Ridge Primary Academy",
        "primary",
        (_N, 6),
        627,
        "Netherwick",
        "Ridge Way",
    ),
    _school(
        "our-lady-of-the-reeds",
        "Our Lady of the Reeds Catholic Primary School",
        "primary",
        (_R, 6),
        196,
        "Thistleford",
        "Reed Bank",
    ),
    _school(
        "saltwillow",
        "Saltwillow Community Primary School",
        "primary",
        (_N, 6),
        312,
        "Brackenholt",
        "Willow Walk",
    ),
    _school(
        "larkspur-hill",
        "Larkspur Hill Primary School",
        "primary",
        (_R, 6),
        87,
        "Brackenholt",
        "Larkspur Hill",
    ),
    _school(
        "cobblers-yard",
        "Cobbler’s Yard Infant School",
        "infant",
        (_N, 2),
        174,
        "Netherwick",
        "Cobbler’s Yard",
    ),
    _school(
        "kestrelmere", "Kestrelmere Junior School", "junior", (3, 6), 239, "Netherwick", "Mere Road"
    ),
    _school(
        "copperbeck", "Copperbeck Academy", "secondary", (7, 11), 951, "Netherwick", "Foundry Road"
    ),
    _school(
        "tollhanger",
        "Tollhanger High School",
        "secondary",
        (7, 13),
        1215,
        "Thistleford",
        "Hanger Lane",
    ),
    _school(
        "meridian-cross",
        "Meridian Cross All-Through School",
        "all-through",
        (_N, 13),
        1386,
        "Aldermere",
        "Meridian Cross",
    ),
    _school(
        "sallow-bank", "Sallow Bank School", "special", (_N, 13), 96, "Quillbury", "Sallow Bank"
    ),
)

#: (slug, coordinator, host or "")
_PEOPLE_OF_SCHOOLS = (
    ("hollow-lane", "Rosalind Achebe", ""),
    ("st-wulfrida", "Martin Penhaligon", ""),
    ("millrace", "Sunita Varma", "Owen Tarrant"),
    ("oxlip-field", "Grace Oyelaran", ""),
    ("brackenholt", "Judith Holloway", ""),
    ("chantry-gate", "Kamil Nowicki", ""),
    ("aldermere-middle", "Priya Chandrasekhar", "Tobias Lindqvist"),
    ("osier-bridge", "Dermot Gallagher", "Hannah Brightwell"),
    ("quillbury-middle", "Siân Llewellyn-Price", ""),
    ("aldermere-upper", "Yusuf Karimi", "Eleanor Ashdown"),
    ("quill-valley", "Beatrice Fontaine", "Samuel Okonjo"),
    ("tindlebrook", "Catherine O’Malley", "Ravi Mehrotra"),
    ("pennyfold", "Abigail Thorne", ""),
    ("beacon-ridge", "Farah Siddiqui", "Luke Ferndale"),
    ("our-lady-of-the-reeds", "Sister Bernadette Quinn", ""),
    ("saltwillow", "Daniel Asante", ""),
    ("larkspur-hill", "Morag Dunbar", ""),
    ("cobblers-yard", "Li Wen Zhao", ""),
    ("kestrelmere", "Philippa Crane", ""),
    ("copperbeck", "Jerome Baptiste", "Ingrid Halvorsen"),
    ("tollhanger", "Zainab Hussain", "Peter Wolstencroft"),
    ("meridian-cross", "Anneliese Vogt", "Kofi Mensah-Bell"),
    ("sallow-bank", "Thomas Everleigh", ""),
)

LEAD = PersonFacts(
    "Marguerite Ellwood", f"lead@{NETWORK_DOMAIN}", ((Role.LEAD, None),), "07700 900001"
)
TREASURER = PersonFacts(
    "Desmond Achterberg", f"treasurer@{NETWORK_DOMAIN}", ((Role.TREASURER, None),), "07700 900002"
)
AUDITOR = PersonFacts(
    "Winifred Tan", f"auditor@{NETWORK_DOMAIN}", ((Role.AUDITOR, None),), "07700 900003"
)
#: Further roles, besides those at their own school: one person can have several at several schools.
_MORE_ROLES: dict[str, tuple[tuple[Role, str | None], ...]] = {
    "coordinator@hollow-lane.example": ((Role.COORDINATOR, "brackenholt"),),
    "coordinator@aldermere-upper.example": ((Role.HOST, "aldermere-upper"),),
    "coordinator@sallow-bank.example": ((Role.HOST, "sallow-bank"),),
    "host@tindlebrook.example": ((Role.HOST, "pennyfold"),),
}


def _person(kind: Role, slug: str, name: str, number: int) -> PersonFacts:
    email = f"{kind}@{slug}.example"
    return PersonFacts(
        name, email, ((kind, slug), *_MORE_ROLES.get(email, ())), f"07700 900{number:03d}"
    )


COORDINATORS: tuple[PersonFacts, ...] = tuple(
    _person(Role.COORDINATOR, slug, name, 200 + number)
    for number, (slug, name, _host) in enumerate(_PEOPLE_OF_SCHOOLS)
)
HOSTS: tuple[PersonFacts, ...] = tuple(
    _person(Role.HOST, slug, host, 300 + number)
    for number, (slug, _name, host) in enumerate(_PEOPLE_OF_SCHOOLS)
    if host
)
PEOPLE: tuple[PersonFacts, ...] = (LEAD, TREASURER, AUDITOR, *COORDINATORS, *HOSTS)


@dataclass(frozen=True)
class DaysFacts:
    """A term, or days when every school is closed, including the first and last day."""

    name: str
    first_on: date
    last_on: date


def school_year_days(first_year: int) -> tuple[tuple[DaysFacts, ...], tuple[DaysFacts, ...]]:
    """Return the three terms and three half terms of the school year that starts in `first_year`.

    They follow a county's usual dates: half terms in the last week of October, mid-February and
    the last week of May, and two weeks off at Christmas and Easter.
    """
    spring_year = first_year + 1
    england = holidays.country_holidays("GB", subdiv="ENG", years=spring_year)
    good_friday = england.get_named("Good Friday")[0]
    spring_ends = _monday_of(good_friday) - timedelta(days=3)
    terms = (
        DaysFacts(
            "Autumn term",
            _weekday(date(first_year, 9, 2)),
            _monday_of(date(first_year, 12, 17)) + timedelta(days=4),
        ),
        DaysFacts("Spring term", _monday_of(date(spring_year, 1, 7)), spring_ends),
        DaysFacts(
            "Summer term", spring_ends + timedelta(days=17), _weekday(date(spring_year, 7, 20))
        ),
    )
    half_terms = tuple(
        DaysFacts(f"{season} half term", monday, monday + timedelta(days=4))
        for season, monday in (
            ("Autumn", _monday_of(date(first_year, 10, 28))),
            ("Spring", _monday_of(date(spring_year, 2, 16))),
            ("Summer", _monday_of(date(spring_year, 5, 31))),
        )
    )
    return terms, half_terms


def _monday_of(on: date) -> date:
    return on - timedelta(days=on.weekday())


def _weekday(on: date) -> date:
    return on + timedelta(days=max(0, 7 - on.weekday())) if on.weekday() > 4 else on


def school(slug: str) -> CastSchool:
    """Return one school of the cast."""
    return next(facts for facts in SCHOOLS if facts.slug == slug)


def person(email: str) -> PersonFacts:
    """Return one person of the cast."""
    return next(facts for facts in PEOPLE if facts.email == email)
