"""A preview of what each rule would give, before anything is decided. Nothing is stored."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import queries as place_queries
from booking.domain.allocation import check, claims, share

#: The rules shown side by side.
BASES = (claims.Basis.EQUAL_SHARES, claims.Basis.BY_ROLL, claims.Basis.SEASON)
#: Until requests have closed, this draws ties, so that nobody sees the real lottery beforehand.
TRIAL_SEED = "a trial draw, not the draw of this event"


@dataclass(frozen=True)
class PreviewRow:
    """One school's request and what each rule would give it."""

    name: str
    claim: claims.Claim
    counts: Mapping[claims.Basis, int]


@dataclass(frozen=True)
class RulePreview:
    """What each rule would give to the schools that have asked so far."""

    rows: list[PreviewRow]
    #: The event's own rule, published with it.
    basis: claims.Basis
    places: int
    #: Drawn with a trial seed: requests are still open.
    is_trial: bool

    @property
    def wanted(self) -> int:
        """How many places are asked for in total."""
        return sum(row.claim.wanted for row in self.rows)

    @property
    def given(self) -> int:
        """How many places would go out, which is the same under every rule."""
        return self.total(self.basis)

    @property
    def guaranteed(self) -> int:
        """How many of the places asked for are guaranteed."""
        return sum(row.claim.guaranteed for row in self.rows)

    def total(self, basis: claims.Basis) -> int:
        """Return how many places would go out under one rule."""
        return sum(row.counts[basis] for row in self.rows)


def preview(event: Event, *, now: datetime) -> RulePreview:
    """Return what each rule would give for the current requests."""
    round_ = place_queries.round_of(event)
    closes_at = event.requests_close_at
    is_trial = closes_at is not None and now < closes_at
    if is_trial:
        round_ = replace(round_, seed=TRIAL_SEED)
    by_basis = {basis: _counts(replace(round_, basis=basis)) for basis in {*BASES, round_.basis}}
    names = {r.school.slug: r.school.name for r in place_queries.requests(event.id)}
    rows = [
        PreviewRow(
            name=names[claim.school],
            claim=claim,
            counts={basis: counts[claim.school] for basis, counts in by_basis.items()},
        )
        for claim in sorted(round_.claims, key=lambda claim: names[claim.school])
    ]
    return RulePreview(rows=rows, basis=round_.basis, places=round_.places, is_trial=is_trial)


def _counts(round_: claims.RoundFacts) -> Mapping[str, int]:
    allotment = share.allot(round_)
    check.assert_valid(round_, allotment)
    return allotment.counts
