"""What higher features add to the fund: facts, promises, tasks, points of a year's check list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from booking.days.events.models import Event
from booking.domain.ledger import Fund
from booking.foundation.ports import Port, Socket
from booking.foundation.web.task_lists import Task


@dataclass(frozen=True)
class Point:
    """One point of the check list before a school year is closed, and where to put it right.

    What `stops` has to be put right first; the rest may be accepted, and that is written down.
    """

    label: str
    #: What is open, in words; "" when nothing is.
    problem: str = ""
    #: From the table of addresses: the list is also asked for outside a request.
    url: str = ""
    stops: bool = False

    @property
    def is_fine(self) -> bool:
        """Say whether nothing is open."""
        return not self.problem


@Port
def event_facts(event: Event) -> Sequence[tuple[str, str]] | None:
    """Return what to say of an event's money: pairs of a label and words.

    Totals of fewer than five pupils are the provider's to suppress.
    """


@dataclass(frozen=True)
class FundPage:
    """A page beside the fund's first: the template of each says which it is by its name."""

    name: str
    label: str
    endpoint: str


@Port
def pages() -> Sequence[FundPage] | None:
    """Return pages of the fund's own navigation."""


@Port
def promised(of: Fund, until: datetime | None = None) -> int | None:
    """Return what is promised from a fund, in pence: money that is there, and spoken for.

    It is counted as the caller's transaction sees it; with `until`, as it was just before then.
    """


@Socket
def payers(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Return of how many families some money is still here, by event; nobody counts as none."""
    return {}


@Port
def treasurer_tasks(*, now: datetime) -> Sequence[Task] | None:
    """Return what the treasurer should do: for the fund's home."""


@Port
def year_end_points(first_on: date, last_on: date, /) -> Sequence[Point] | None:
    """Return what to look at before the year of these days is closed."""
