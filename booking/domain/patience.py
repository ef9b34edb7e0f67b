"""How long somebody waits who has tried too often: never for good (OWASP ASVS 5.0, 6.1.1)."""

from dataclasses import dataclass
from datetime import timedelta

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)
#: After so long without a try, counting starts anew.
FORGOTTEN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class FreeTries:
    """How many tries are free before each next one has to wait."""

    free: int

    def wait(self, tries: int) -> timedelta:
        """Return how long to wait after so many tries: nothing, then 1, 2, 4, 8, 15 minutes."""
        over = tries - self.free
        if over < 0:
            return timedelta(0)
        return LONGEST_WAIT if over >= self.steps else FIRST_WAIT * 2**over

    @property
    def steps(self) -> int:
        """How many waits are shorter than the longest."""
        return (LONGEST_WAIT // FIRST_WAIT).bit_length()
