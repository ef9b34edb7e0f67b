"""When the site proves again that it is sound, and how long a proof stands.

Each night every part is proved; a part that was not is due until it is, however late. What was
proved is believed for a day and a half: a night that was missed is noticed before the next.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from booking.domain.terms import LONDON, london

#: After the nightly copy of the database, and before anybody is up. London time.
NIGHT_AT = time(4, 0)
#: A proof older than this says too little about now, and one older than that says nothing.
OLD_AFTER, WORTHLESS_AFTER = timedelta(hours=36), timedelta(hours=72)
#: A chain is verified from its first row once a week, and otherwise from where it was last proved.
WHOLE_AFTER = timedelta(days=6, hours=12)


class ProofPart(StrEnum):
    """What is proved, in the order in which it is."""

    CHECKS = "checks"
    TRAIL = "trail"
    LEDGER = "ledger"
    ROUNDS = "rounds"
    COPY = "copy"


class ProofOutcome(StrEnum):
    """What came of proving a part."""

    PROVED = "proved"
    FAILED = "failed"
    #: It could not be proved here; the reason says why.
    UNPROVED = "unproved"


class Standing(StrEnum):
    """What a part's proofs say now."""

    PROVED = "proved"
    #: Proved, but too long ago.
    OLD = "old"
    #: It failed, or was proved so long ago that it says nothing.
    FAILED = "failed"
    WORTHLESS = "worthless"
    #: Not yet, or not here.
    UNPROVED = "unproved"


#: From bad to good: a night is as good as its worst part.
WORST_FIRST = (
    Standing.FAILED,
    Standing.WORTHLESS,
    Standing.OLD,
    Standing.UNPROVED,
    Standing.PROVED,
)


@dataclass(frozen=True)
class KnownProof:
    """What came of a part's last proof, and when it was last proved; None: never."""

    outcome: ProofOutcome
    proved_at: datetime | None


def night_of(now: datetime) -> datetime:
    """Return when the last night's proofs became due: the last 4am in London (an instant)."""
    here = london(now)
    due = datetime.combine(here.date(), NIGHT_AT, tzinfo=LONDON)
    return due if due <= here else due - timedelta(days=1)


def is_due(begun_at: datetime | None, now: datetime) -> bool:
    """Return whether a part last begun then has to be proved again.

    A proof from the future was written before the clock was put back, and says nothing.
    """
    return begun_at is None or not night_of(now) <= begun_at <= now


def wants_whole(whole_at: datetime | None, now: datetime) -> bool:
    """Return whether a chain last verified from its first row then has to be again."""
    return whole_at is None or abs(now - whole_at) >= WHOLE_AFTER


def standing(known: KnownProof | None, now: datetime) -> Standing:
    """Return what a part's last proof says now. A failure stands until the part is proved again."""
    if known is None:
        return Standing.UNPROVED
    if known.outcome is ProofOutcome.FAILED:
        return Standing.FAILED
    if known.proved_at is None:
        return Standing.UNPROVED
    age = abs(now - known.proved_at)
    if age > WORTHLESS_AFTER:
        return Standing.UNPROVED if known.outcome is ProofOutcome.UNPROVED else Standing.WORTHLESS
    if age > OLD_AFTER:
        return Standing.OLD
    return Standing.PROVED if known.outcome is ProofOutcome.PROVED else Standing.UNPROVED


def worst(standings: Iterable[Standing]) -> Standing:
    """Return the worst of several; unproved if there is none."""
    found = set(standings)
    return next((each for each in WORST_FIRST if each in found), Standing.UNPROVED)
