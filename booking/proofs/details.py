"""What proving a part has found, as plain values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from booking.domain.proving import ProofOutcome
from booking.foundation.audit.sealing import Reached

#: The job's name, under which its runs are written down.
PROVE = "prove that all is sound"
#: Told what is being done.
Teller = Callable[[str], object]


class WhyNot(StrEnum):
    """Why a part could not be proved here."""

    NO_COPY = "no-copy"
    ELSEWHERE = "elsewhere"
    AWAY = "away"
    LOCKED = "locked"
    OTHER_VERSION = "other-version"
    NO_ROOM = "no-room"


#: What a network has chosen, so that nobody is alarmed; and what another sign says already.
CHOSEN = {WhyNot.NO_COPY, WhyNot.ELSEWHERE, WhyNot.LOCKED}


class Stopped(RuntimeError):
    """The worker is to end: the part is begun anew by the next."""


@dataclass
class Found:
    """What was found so far: how many promises were checked, what was read, what did not hold."""

    checks: int = 0
    counted: int = 0
    broken: list[str] = field(default_factory=list)
    #: Each problem in words, for whoever runs the server; never stored.
    problems: list[str] = field(default_factory=list)
    reason: str = ""
    is_whole: bool = True
    reached: Reached = field(default_factory=Reached)

    @property
    def outcome(self) -> ProofOutcome:
        """Return what came of it."""
        if self.broken:
            return ProofOutcome.FAILED
        return ProofOutcome.UNPROVED if self.reason else ProofOutcome.PROVED

    def check(self, promise: str, problems: Sequence[str]) -> None:
        """Count a promise that was checked, with what is wrong with it."""
        self.checks += 1
        if problems:
            self.broken.append(promise)
            self.problems += [f"{promise}: {each}" for each in problems]
