"""The points to look at before a school year is closed; higher features add their own.

Nothing here knows the database: the fund's own points come from its service, and whoever stands
higher (payments that are open, the bank statement) provides more with `provide`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Point:
    """One point of the check list, and where to put it right.

    What `stops` has to be put right first; the rest may be accepted, and that is written down.
    """

    label: str
    #: What is open, in words; "" when nothing is.
    problem: str = ""
    #: A path, written out: the list is also asked for outside a request.
    url: str = ""
    stops: bool = False

    @property
    def is_fine(self) -> bool:
        """Say whether nothing is open."""
        return not self.problem


#: Takes the first and the last day of the year.
Provider = Callable[[date, date], list[Point]]
_providers: list[Provider] = []


def provide(provider: Provider) -> None:
    """Add `provider` to the check list of every year; adding twice is harmless."""
    if provider not in _providers:
        _providers.append(provider)


def points(first_on: date, last_on: date) -> list[Point]:
    """Return every point, in the order in which they were provided."""
    return [point for provider in _providers for point in provider(first_on, last_on)]
