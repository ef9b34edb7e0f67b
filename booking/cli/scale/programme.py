"""An invented network's events: past ones, ones that pupils are named for, and later ones."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from random import Random
from typing import Any

from booking.cli.scale.network import Network, SchoolFacts
from booking.cli.scale.rows import Rows
from booking.days.events import models as event_models
from booking.days.events.models import Event, EventState, Sharing
from booking.days.events.service.publishing import slugify
from booking.domain import terms
from booking.domain.allocation import draw
from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund

#: Of five events, one is over, two are being filled, and two are open for requests.
STAGES_OF = 5
#: One past or filled event in so many was cancelled.
CANCELLED_EVERY = 17
SERIES_EVERY, SERIES_LENGTH = 6, 4
DEADLINE_AT = time(16, 0)
_HOURS = ((time(9, 15), time(14, 45)), (time(13, 0), time(15, 0)), (time(15, 45), time(17, 15)))
_KINDS = ("day", "workshop", "masterclass", "challenge", "club day")
_THEMES = (
    ("Mathematics", "Puzzle"),
    ("Science", "Forces and flight"),
    ("History", "Romans in a box"),
    ("Music", "Songwriting"),
    ("Computing", "Robots"),
    ("Writing", "Short story"),
    ("Art", "Printmaking"),
    ("Languages", "Ancient Greek"),
    ("Nature", "River study"),
    ("Debating", "Speak up"),
    ("Engineering", "Bridges"),
    ("Philosophy", "Big questions"),
)
_CONCEPT = (
    "Teams from different schools work on one large problem through the day, with a specialist at "
    "hand. In the morning they learn the tools; after lunch they use them on something nobody has "
    "given them the answer to.\n\nAt the end each team shows the others what it found, and takes "
    "home a question to go on with."
)
_IMPACT = "Pupils meet others who like to think, and learn to try, fail and try again together."
_PRACTICALITIES = "Bring a packed lunch, water and a pencil case. Photographs only with permission."
_BREAKDOWNS = {
    FeeKind.FREE: (),
    FeeKind.VOLUNTARY_CONTRIBUTION: (
        FeePart("speaker", 340, Fund.EVENTS),
        FeePart("materials", 110, Fund.EVENTS),
        FeePart("administration", 90, Fund.ADMIN),
        FeePart("CPD fund", 60, Fund.CPD),
    ),
    FeeKind.CHARGE: (FeePart("speaker", 500, Fund.EVENTS), FeePart("materials", 350, Fund.EVENTS)),
    FeeKind.PAID_BY_SCHOOL: (FeePart("speaker", 400, Fund.EVENTS),),
}
_FEES = (
    FeeKind.VOLUNTARY_CONTRIBUTION,
    FeeKind.FREE,
    FeeKind.CHARGE,
    FeeKind.VOLUNTARY_CONTRIBUTION,
    FeeKind.PAID_BY_SCHOOL,
)
_SHARING = (
    Sharing.FAIR_ROUND,
    Sharing.FAIR_ROUND,
    Sharing.SET_QUOTAS,
    Sharing.FAIR_ROUND,
    Sharing.FIRST_COME,
    Sharing.FAIR_ROUND,
    Sharing.FAIR_ROUND,
)
_BASES = (Basis.EQUAL_SHARES, Basis.BY_ROLL, Basis.SEASON)
_YEARS = ((5, 6), (3, 4), (7, 8), (1, 2), (5, 8), (9, 11), (4, 6))


class HowFar(Enum):
    """How far an event has come."""

    PAST = auto()
    FILLING = auto()
    OPEN = auto()


@dataclass(frozen=True)
class EventFacts:
    """What later parts need to know about an event."""

    id: int
    number: int
    slug: str
    stage: HowFar
    state: EventState
    sharing: Sharing
    basis: Basis
    years: tuple[int, int]
    places: int
    guarantee: int
    cap: int | None
    seed: str
    fee_kind: FeeKind
    dates: tuple[tuple[datetime, datetime], ...]
    published_at: datetime
    requests_close_at: datetime
    naming_close_at: datetime

    @property
    def parts(self) -> tuple[FeePart, ...]:
        """The published breakdown of its fee."""
        return _BREAKDOWNS[self.fee_kind]

    @property
    def fee_pence(self) -> int:
        """Its fee."""
        return sum(part.pence for part in self.parts)

    @property
    def days(self) -> list[date]:
        """The days on which its pupils are away."""
        return [terms.london(start).date() for start, _ in self.dates]

    @property
    def is_shared(self) -> bool:
        """Whether its places have been shared out to schools."""
        return self.stage is not HowFar.OPEN or self.sharing is not Sharing.FAIR_ROUND


@dataclass
class Programme:
    """Makes one event after another."""

    rows: Rows
    rng: Random
    network: Network
    now: datetime
    slugs: Counter[str] = field(default_factory=Counter)

    def make(self, count: int) -> Iterator[EventFacts]:
        """Add so many published events, the earliest first."""
        past, filling = count // STAGES_OF, count * 3 // STAGES_OF
        spans = (
            (HowFar.PAST, range(past), self._school_days(-200, -3)),
            (HowFar.FILLING, range(past, filling), self._school_days(10, 60)),
            (HowFar.OPEN, range(filling, count), self._school_days(61, 270)),
        )
        for stage, numbers, days in spans:
            for number in numbers:
                nth = number - numbers.start
                yield self._add(number, stage, days[nth * len(days) // len(numbers)])

    def _school_days(self, first: int, last: int) -> list[date]:
        today = terms.london(self.now).date()
        days = (today + timedelta(days=n) for n in range(first, last + 1))
        return [day for day in days if terms.is_school_day(self.network.calendar, day)]

    def _add(self, number: int, stage: HowFar, on: date) -> EventFacts:
        theme, title = _THEMES[number % len(_THEMES)]
        title = f"{title} {_KINDS[number // len(_THEMES) % len(_KINDS)]}"
        host = self.network.hosts[number % len(self.network.hosts)]
        facts = self._facts(number, stage, on, title)
        self.rows.add(Event, **_columns(facts, title, theme, host, now=self.now))
        self._add_parts(facts)
        return facts

    def _facts(self, number: int, stage: HowFar, on: date, title: str) -> EventFacts:
        stem = f"{slugify(title)}-{on.year}"
        self.slugs[stem] += 1
        slug = stem if self.slugs[stem] == 1 else f"{stem}-{self.slugs[stem]}"
        closes_at, naming_at = self._deadlines(stage, on)
        called_off = stage is not HowFar.OPEN and number % CANCELLED_EVERY == CANCELLED_EVERY - 1
        sharing = _SHARING[number % len(_SHARING)]
        fee_kind = _FEES[number % len(_FEES)]
        return EventFacts(
            id=number + 1,
            number=number,
            slug=slug,
            stage=stage,
            state=EventState.CANCELLED if called_off else EventState.PUBLISHED,
            sharing=sharing,
            basis=_BASES[number % len(_BASES)],
            years=_YEARS[number % len(_YEARS)],
            places=self.rng.randrange(12, 61, 6),
            guarantee=number % 2,
            cap=8 if sharing is Sharing.FIRST_COME else None,
            seed=hashlib.sha256(f"scale {slug}".encode()).hexdigest(),
            fee_kind=fee_kind,
            dates=_dates(number, stage, on, after_school=fee_kind is FeeKind.CHARGE),
            published_at=closes_at - timedelta(days=30),
            requests_close_at=closes_at,
            naming_close_at=naming_at,
        )

    def _deadlines(self, stage: HowFar, on: date) -> tuple[datetime, datetime]:
        today = terms.london(self.now).date()
        if stage is HowFar.PAST:
            return _at_four(on - timedelta(days=40)), _at_four(on - timedelta(days=12))
        if stage is HowFar.FILLING:
            closed_on = today - timedelta(days=self.rng.randint(3, 20))
            return _at_four(closed_on), _at_four(on - timedelta(days=5))
        closes_on = today + timedelta(days=self.rng.randint(5, 40))
        return _at_four(closes_on), _at_four(on - timedelta(days=10))

    def _add_parts(self, facts: EventFacts) -> None:
        add = self.rows.add
        for n, (starts_at, ends_at) in enumerate(facts.dates, start=1):
            add(
                event_models.EventDate,
                event_id=facts.id,
                number=n,
                starts_at=starts_at,
                ends_at=ends_at,
            )
        for n, part in enumerate(facts.parts, start=1):
            add(
                event_models.EventFeePart,
                event_id=facts.id,
                position=n,
                label=part.label,
                pence=part.pence,
                fund=part.fund,
            )
            add(
                event_models.CostLine,
                event_id=facts.id,
                position=n,
                label=part.label.capitalize(),
                pence=part.pence * facts.places,
            )


def _columns(
    facts: EventFacts, title: str, theme: str, host: SchoolFacts, *, now: datetime
) -> dict[str, Any]:
    cancelled = facts.state is EventState.CANCELLED
    by_quotas = facts.sharing is Sharing.SET_QUOTAS
    in_turn = facts.sharing is Sharing.FIRST_COME
    return {
        "slug": facts.slug,
        "uid": f"{facts.slug}@scale.example",
        "state": facts.state,
        "title": title,
        "theme": theme,
        "concept": _CONCEPT,
        "intended_impact": _IMPACT,
        "led_by": "A visiting specialist",
        "host_school_id": host.id,
        "venue": f"{host.name}, main hall",
        "venue_address": "School Lane",
        "contact_name": "The school office",
        "contact_phone": "01632 960999",
        "practicalities": _PRACTICALITIES,
        "low_year": facts.years[0],
        "high_year": facts.years[1],
        "places": facts.places,
        "sharing": facts.sharing,
        "basis": facts.basis,
        "guarantee": facts.guarantee,
        "cap_per_school": facts.cap,
        "requests_close_at": None if by_quotas or in_turn else facts.requests_close_at,
        "release_at": facts.requests_close_at if by_quotas else None,
        "naming_close_at": facts.naming_close_at,
        "reply_days": 5,
        "offer_days": 2,
        "seed": facts.seed,
        "seed_commitment": draw.new_commitment(facts.seed),
        "fee_kind": facts.fee_kind,
        "fee_pence": facts.fee_pence,
        "fee_reason": "",
        "first_starts_at": facts.dates[0][0],
        "last_ends_at": facts.dates[-1][1],
        "sequence": 1 if cancelled else 0,
        "created_by_id": None,
        "created_at": facts.published_at,
        "modified_at": facts.published_at,
        "published_at": facts.published_at,
        "cancelled_at": now - timedelta(days=2) if cancelled else None,
        "cancelled_reason": "The heating of the hall has failed." if cancelled else "",
    }


def _dates(
    number: int, stage: HowFar, on: date, *, after_school: bool
) -> tuple[tuple[datetime, datetime], ...]:
    starts, ends = _HOURS[2] if after_school else _HOURS[number % 2]
    series = stage is HowFar.OPEN and number % SERIES_EVERY == SERIES_EVERY - 1
    days = [on + timedelta(weeks=n) for n in range(SERIES_LENGTH if series else 1)]
    return tuple((_instant(day, starts), _instant(day, ends)) for day in days)


def _at_four(on: date) -> datetime:
    return _instant(on, DEADLINE_AT)


def _instant(on: date, at: time) -> datetime:
    return datetime.combine(on, at, tzinfo=terms.LONDON).astimezone(UTC)
