"""Who can help with what: how an offer of expertise and a link between two schools stand.

An offer is listed only after the head of the person's own school has nominated them (for somebody
without a school, the lead), and for a year. A link is asked for by a school; the network introduces
two people to each other, and steps back.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from booking.domain.problems import Problem

#: For how long a nomination holds, and the offer is listed.
LISTED_FOR = timedelta(days=365)
#: How long before its end the head is asked again.
ASKED_AGAIN_BEFORE = timedelta(days=42)
#: After how long without an answer the head is reminded, once.
REMINDED_AFTER = timedelta(days=14)
#: After how long without an answer the lead sees that somebody waits.
WAITS_AFTER = timedelta(days=14)
#: For how long a head's link works.
HEADS_LINK = timedelta(days=60)
#: When whoever was introduced is asked what came of it, and how long that link works.
OUTCOME_AFTER = timedelta(weeks=6)
OUTCOME_LINK = timedelta(days=60)
#: More than this at once says nothing about what a school needs first.
OPEN_PER_SCHOOL = 5
#: Nobody is an expert in more than a few areas.
AREAS_MAX = 6
WORDS_MAX, TIME_MAX, WHAT_MAX, WHEN_MAX, REASON_MAX, AREA_MAX = 1000, 120, 1000, 120, 500, 60


class ExpertiseState(StrEnum):
    """Where an offer of expertise stands; a nomination lists it at once."""

    OFFERED = "offered"
    LISTED = "listed"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


#: What may follow: a renewal leaves a listed offer listed, so it is no move.
OFFER_MOVES: Mapping[ExpertiseState, frozenset[ExpertiseState]] = MappingProxyType(
    {
        ExpertiseState.OFFERED: frozenset(
            {ExpertiseState.LISTED, ExpertiseState.DECLINED, ExpertiseState.WITHDRAWN}
        ),
        # Offered again: something was added that the head has not seen.
        ExpertiseState.LISTED: frozenset(
            {
                ExpertiseState.OFFERED,
                ExpertiseState.DECLINED,
                ExpertiseState.LAPSED,
                ExpertiseState.WITHDRAWN,
            }
        ),
        ExpertiseState.DECLINED: frozenset({ExpertiseState.OFFERED, ExpertiseState.WITHDRAWN}),
        ExpertiseState.LAPSED: frozenset({ExpertiseState.OFFERED, ExpertiseState.WITHDRAWN}),
        ExpertiseState.WITHDRAWN: frozenset({ExpertiseState.OFFERED}),
    }
)


class LinkState(StrEnum):
    """Where a link between two schools stands."""

    ASKED = "asked"
    SUGGESTED = "suggested"
    INTRODUCED = "introduced"
    TURNED_DOWN = "turned_down"
    TAKEN_BACK = "taken_back"
    ANSWERED = "answered"


LINK_MOVES: Mapping[LinkState, frozenset[LinkState]] = MappingProxyType(
    {
        LinkState.ASKED: frozenset(
            {
                LinkState.SUGGESTED,
                LinkState.INTRODUCED,
                LinkState.TURNED_DOWN,
                LinkState.TAKEN_BACK,
            }
        ),
        # Asked again: the school would rather have somebody else.
        LinkState.SUGGESTED: frozenset(
            {
                LinkState.ASKED,
                LinkState.INTRODUCED,
                LinkState.TURNED_DOWN,
                LinkState.TAKEN_BACK,
            }
        ),
        LinkState.INTRODUCED: frozenset({LinkState.ANSWERED}),
        LinkState.TURNED_DOWN: frozenset(),
        LinkState.TAKEN_BACK: frozenset(),
        LinkState.ANSWERED: frozenset(),
    }
)
#: Somebody still has to do something.
OPEN = frozenset({LinkState.ASKED, LinkState.SUGGESTED})


class HelpOutcome(StrEnum):
    """Whether an introduction led to something."""

    YES = "yes"
    NOT_YET = "not_yet"
    NO = "no"


class HelpPhase(StrEnum):
    """The pupils' ages with which somebody can help."""

    EARLY = "early"
    PRIMARY = "primary"
    MIDDLE = "middle"
    SECONDARY = "secondary"
    SIXTH_FORM = "sixth_form"


class HelpKind(StrEnum):
    """What somebody can offer."""

    VISIT = "visit"
    CALL = "call"
    MATERIALS = "materials"
    TRAINING = "training"


class HelpCosts(StrEnum):
    """What a school would pay; schools arrange it themselves."""

    NONE = "none"
    TRAVEL = "travel"
    AGREED = "agreed"


@dataclass(frozen=True)
class ExpertiseDetails:
    """What somebody offers."""

    areas: frozenset[int]
    phases: frozenset[HelpPhase]
    kinds: frozenset[HelpKind]
    #: Time in a term, in their words: "two afternoons".
    time: str
    costs: HelpCosts
    about: str
    #: Whether associates see it too, and not schools alone.
    for_partners: bool


def problems(details: ExpertiseDetails) -> Iterator[Problem]:
    """Yield what is wrong with an offer, field by field."""
    if not details.areas:
        yield Problem("areas", "Choose at least one area.")
    elif len(details.areas) > AREAS_MAX:
        yield Problem("areas", f"Choose at most {AREAS_MAX}: those you can help with best.")
    if not details.phases:
        yield Problem("phases", "Choose at least one.")
    if not details.kinds:
        yield Problem("kinds", "Choose at least one thing that you can offer.")
    for name, said, most in (
        ("time", details.time, TIME_MAX),
        ("about", details.about, WORDS_MAX),
    ):
        if not said.strip():
            yield Problem(name, "Say it in a few words.")
        elif len(said) > most:
            yield Problem(name, f"Shorten this to {most:,} characters.")


def needs_another_yes(before: ExpertiseDetails, after: ExpertiseDetails) -> bool:
    """Return whether a change adds something that the head has not said yes to."""
    return bool(after.areas - before.areas or after.kinds - before.kinds)


def may_be_seen_by(*, for_partners: bool, school_reader: bool) -> bool:
    """Return whether an offer is for this reader: an associate reads what says so."""
    return for_partners or school_reader


def holds(*, decided_at: datetime, now: datetime) -> bool:
    """Return whether a nomination is younger than a year."""
    return now < decided_at + LISTED_FOR


def asks_again_at(listed_until: datetime) -> datetime:
    """Return when the head is asked whether the offer goes on."""
    return listed_until - ASKED_AGAIN_BEFORE


def gaps(asked: Mapping[int, int], offered: Mapping[int, int]) -> Collection[int]:
    """Return the areas that schools ask for and nobody offers: training is wanted there."""
    return [area for area, count in asked.items() if count and not offered.get(area)]
