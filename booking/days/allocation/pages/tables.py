"""The rows of the tables on pages about rounds."""

from collections.abc import Iterable

from booking.days.allocation.pages import season
from booking.days.allocation.pages.outcomes import PublishedRound, SchoolOutcome
from booking.days.allocation.pages.previews import BASES, RulePreview
from booking.days.allocation.pages.season import SchoolSeason
from booking.days.events import words as event_words
from booking.domain.allocation import balance, claims

Row = tuple[object, ...]

OUTCOMES_HEAD = ("School", "Asked for", "Received", "Why")
INPUTS_HEAD = (
    "School",
    "Asked for",
    "Guaranteed",
    "Limit",
    "Pupils of these years",
    "Received before, this school year",
    "Late",
    "Position in the lottery (ticket)",
)
BARS_HEAD = ("School", "Asked for", "Received")


def outcomes(found: Iterable[SchoolOutcome]) -> list[Row]:
    """Return what each school asked for and received, and why."""
    return [(o.name, o.claim.wanted, o.received, o.sentence) for o in found]


def inputs(published: PublishedRound, found: Iterable[SchoolOutcome]) -> list[Row]:
    """Return everything that each school's turns depended on."""
    return [
        (
            o.name,
            o.claim.wanted,
            o.claim.guaranteed,
            "None" if o.claim.at_most is None else o.claim.at_most,
            o.claim.weight,
            o.claim.received,
            late(o.claim),
            f"{published.draw[o.slug]} ({published.ticket(o.slug)}…)",
        )
        for o in found
    ]


def late(claim: claims.Claim) -> str:
    """Return whether, or how much of, a request came after the deadline."""
    if not claim.late:
        return "No"
    return f"Beyond {claim.in_time}" if claim.in_time else "Yes"


def preview_head(preview: RulePreview) -> list[str]:
    """Return the column headings of the rules side by side; the event's own is marked."""
    names = [
        event_words.BASIS_NAMES[basis] + (" (this event)" if basis is preview.basis else "")
        for basis in BASES
    ]
    return ["School", "Asked for", *names, INPUTS_HEAD[4], INPUTS_HEAD[5]]


def preview_rows(preview: RulePreview) -> list[Row]:
    """Return what each rule would give each school, and what it depends on."""
    return [
        (
            row.name + (" (late)" if row.claim.late else ""),
            row.claim.wanted,
            *(row.counts[basis] for basis in BASES),
            row.claim.weight,
            row.claim.received,
        )
        for row in preview.rows
    ]


def preview_totals(preview: RulePreview) -> list[Row]:
    """Return the totals of the rules side by side."""
    return [("Total", preview.wanted, *(preview.total(basis) for basis in BASES), "", "")]


def preview_bars(preview: RulePreview) -> list[Row]:
    """Return the numbers that the chart of a preview draws."""
    return [(row.name, row.claim.wanted, row.counts[preview.basis]) for row in preview.rows]


SEASON_HEAD = ("School", "Received", "Asked for", "Equal share", "Difference")


def season_row(line: SchoolSeason) -> Row:
    """Return how one school is doing in the season."""
    return (
        line.school.name,
        line.received,
        line.asked,
        balance.tenths(line.share),
        season.difference(line),
    )
