"""What a register says of a pupil, and how marks from several phones become one register.

Every press is a `Tap`. Two aspects of a pupil are marked apart: how the pupil arrived, and how the
pupil left. For each, the latest tap counts, whoever made it and in whatever order taps come in;
every other tap is history. A tap that says None takes the mark back.

Each tap has a key made where it was pressed, so a tap that is sent twice is one tap. The keys of a
phone follow each other, so of two taps at the same instant its later one counts.

Phones have no say over time beyond what is possible: a tap was made between the register's opening
and the instant at which it came in. A clock that is wrong by more is put right to the nearer end.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Arrival(StrEnum):
    """How a pupil arrived. Without one the pupil is expected."""

    ARRIVED = "arrived"
    LATE = "late"
    #: Their own school has said that they will not come.
    ABSENT_REPORTED = "absent_reported"
    #: Nobody knows why.
    NOT_HERE = "not_here"


class Departure(StrEnum):
    """How a pupil left. Without one the pupil has not been seen leaving."""

    LEFT_EARLY = "left_early"
    COLLECTED = "collected"


class Aspect(StrEnum):
    """What of a pupil a tap marks."""

    ARRIVAL = "arrival"
    DEPARTURE = "departure"


#: The pupil was there.
PRESENT = frozenset({Arrival.ARRIVED, Arrival.LATE})
#: The shortest time between two instants that the databases tell apart.
_NEXT = timedelta(microseconds=1)


@dataclass(frozen=True, order=True)
class Tap:
    """One press: what was marked of a pupil, when, by whom."""

    at: datetime
    key: str
    pupil: int
    aspect: Aspect
    mark: Arrival | Departure | None
    by_id: int | None = None
    left_with: str = ""


def aspect_of(mark: Arrival | Departure) -> Aspect:
    """Return what a mark marks."""
    return Aspect.ARRIVAL if isinstance(mark, Arrival) else Aspect.DEPARTURE


def mark_of(aspect: Aspect, value: str | None) -> Arrival | Departure | None:
    """Return a mark by its value; ValueError if there is no such mark."""
    if value is None:
        return None
    return Arrival(value) if aspect is Aspect.ARRIVAL else Departure(value)


def bounded(at: datetime, *, opened_at: datetime, now: datetime) -> datetime:
    """Return when a tap counts as made: when the phone says, as far as that is possible."""
    return min(max(at, opened_at), now)


def pressed(now: datetime, known: Iterable[Tap]) -> datetime:
    """Return when a tap on the site's own page counts as made: after all that it knew of."""
    return max([now, *(tap.at + _NEXT for tap in known)])


def counting(taps: Iterable[Tap]) -> dict[tuple[int, Aspect], Tap]:
    """Return the tap that counts, by pupil and aspect."""
    newest: dict[tuple[int, Aspect], Tap] = {}
    for tap in taps:
        about = (tap.pupil, tap.aspect)
        if about not in newest or (newest[about].at, newest[about].key) < (tap.at, tap.key):
            newest[about] = tap
    return newest
