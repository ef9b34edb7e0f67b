"""How a school travels to an event: by what, with how many seats, and whether its times fit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from booking.domain import terms


class TravelMode(StrEnum):
    """By what a school's pupils come to an event and go home from it."""

    COACH = "coach"
    MINIBUS = "minibus"
    SHARED = "shared"
    WALKING = "walking"
    PUBLIC_TRANSPORT = "public_transport"
    PARENTS = "parents"


MODE_WORDS = {
    TravelMode.COACH: "Coach",
    TravelMode.MINIBUS: "Minibus",
    TravelMode.SHARED: "With another school",
    TravelMode.WALKING: "Walking",
    TravelMode.PUBLIC_TRANSPORT: "Public transport",
    TravelMode.PARENTS: "Parents bring them",
}
#: What can have seats for pupils of other schools.
WITH_SEATS = frozenset({TravelMode.COACH, TravelMode.MINIBUS})


@dataclass(frozen=True)
class TravelTimes:
    """When a school leaves, arrives at the event and is back, by London's clock."""

    leaves: time | None = None
    arrives: time | None = None
    back: time | None = None


def doubts(times: TravelTimes, days: Sequence[tuple[time, time]]) -> tuple[str, ...]:
    """Return what does not fit together, as questions to the school; it may have its reasons.

    `days` are when each date of the event starts and ends.
    """
    return tuple(_doubts(times, days))


def _doubts(times: TravelTimes, days: Sequence[tuple[time, time]]) -> Iterator[str]:
    leaves, arrives, back = times.leaves, times.arrives, times.back
    starts = min((start for start, _ in days), default=None)
    ends = max((end for _, end in days), default=None)
    if leaves and arrives and leaves >= arrives:
        yield f"You leave at {_at(leaves)} and arrive at {_at(arrives)}. Is that right?"
    if starts and arrives and arrives > starts:
        yield f"You arrive at {_at(arrives)}, but the event starts at {_at(starts)}."
    elif starts and leaves and leaves >= starts:
        yield f"You leave at {_at(leaves)}, but the event starts at {_at(starts)}."
    if ends and back and back <= ends:
        yield f"You are back at {_at(back)}, but the event ends at {_at(ends)}."


def _at(when: time) -> str:
    return terms.time_text(when)


def words_of(mode: TravelMode | None, giver: str = "") -> str:
    """Return how a school comes, in words; `giver` is the school in whose bus it has seats."""
    if not giver:
        return MODE_WORDS[mode] if mode else ""
    if mode in (None, TravelMode.SHARED):
        return f"With {giver}"
    return f"{MODE_WORDS[mode]}, some with {giver}"
