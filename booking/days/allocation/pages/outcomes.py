"""A published round as its page shows it: school by school, with reasons, inputs and proof."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from booking.days.allocation import queries
from booking.days.allocation.models import Round
from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.allocation import claims, draw, explain, record

#: How many places in the order are listed; the record has them all.
ORDER_MAX = 200


@dataclass(frozen=True)
class SchoolOutcome:
    """What one school asked for and received, and why, for everybody to see."""

    slug: str
    name: str
    claim: claims.Claim
    received: int
    sentence: str


@dataclass(frozen=True)
class Reasons:
    """Why a school received what it did, addressed to that school or to somebody helping it."""

    name: str
    is_own: bool
    claim: claims.Claim
    received: int
    #: How many of those were guaranteed, and how many came through the rule.
    guaranteed: int
    shared: int
    sentence: str
    because: str
    change: str
    #: How many places must come back before it is offered one; None if it is not waiting.
    place_in_line: int | None


class PublishedRound:
    """A round as published, checked as it is read; wrong if its record does not agree."""

    def __init__(self, row: Round, discrepancies: Sequence[str]) -> None:
        self.row, self.discrepancies = row, discrepancies

    @cached_property
    def content(self) -> record.Record:
        """The published record."""
        content: record.Record = json.loads(self.row.record)
        return content

    @cached_property
    def round(self) -> claims.RoundFacts:
        """What was shared, among which schools, and how."""
        return record.round_of(self.content)

    @cached_property
    def allotment(self) -> claims.Allotment:
        """What came of it."""
        return claims.Allotment(self.round.schools, tuple(self.content["result"]["order"]))

    @cached_property
    def names(self) -> Mapping[str, str]:
        """What each school is called."""
        found = queries.schools_by_slug(self.round.schools)
        return {slug: found[slug].name if slug in found else slug for slug in self.round.schools}

    @cached_property
    def slugs(self) -> list[str]:
        """The schools in order of name."""
        return sorted(self.round.schools, key=lambda slug: (self.names[slug], slug))

    @property
    def wanted(self) -> int:
        """How many places were asked for in total."""
        return sum(claim.wanted for claim in self.round.claims)

    @property
    def given(self) -> int:
        """How many places went out."""
        return len(self.allotment.served)

    @cached_property
    def draw(self) -> Mapping[str, int]:
        """Where each school came in the lottery, from 1."""
        order = draw.lottery_order(self.round.seed, self.round.event, self.round.schools)
        return {slug: place for place, slug in enumerate(order, start=1)}

    def ticket(self, slug: str) -> str:
        """Return the start of a school's lottery ticket, enough to tell it from the others."""
        return draw.ticket(self.round.seed, self.round.event, slug)[:8]

    def outcome(self, slug: str) -> SchoolOutcome:
        """Return one school's result for the public page."""
        return SchoolOutcome(
            slug=slug,
            name=self.names[slug],
            claim=self.round.claim_of(slug),
            received=self.allotment.counts[slug],
            sentence=explain.sentence(self.round, self.allotment, slug, name=self.names[slug]),
        )

    @property
    def order(self) -> list[tuple[int, str, int]]:
        """The places in the order in which they went: position, school, its nth place."""
        return [
            (unit.position, self.names[unit.school], unit.nth)
            for unit in self.allotment.units[:ORDER_MAX]
        ]


def reasons(published: PublishedRound, slug: str, line: list[str], *, is_own: bool) -> Reasons:
    """Return why a school received what it did; `line` is who will be offered the next places."""
    round_, allotment = published.round, published.allotment
    claim, received = round_.claim_of(slug), allotment.counts[slug]
    guaranteed = min(claim.guaranteed, received)
    name = None if is_own else published.names[slug]
    return Reasons(
        name=published.names[slug],
        is_own=is_own,
        claim=claim,
        received=received,
        guaranteed=guaranteed,
        shared=received - guaranteed,
        sentence=explain.sentence(round_, allotment, slug, name=name),
        because=explain.because(round_, allotment, slug),
        change=explain.change(round_, allotment, slug, name=name),
        place_in_line=line.index(slug) + 1 if slug in line else None,
    )


def line_of(event: Event) -> list[str]:
    """Return the schools that would get the next places, one for each place, by slug."""
    line = place_queries.line_of(event)
    slugs = {school_id: slug for slug, school_id in line.school_ids.items()}
    return [slugs[school_id] for school_id in line.next_schools()]
