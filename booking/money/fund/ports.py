"""What higher features add to the fund: facts, promises, tasks, points of a year's check list, and
which entries are their own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from booking.days.events.models import Event
from booking.domain.ledger import Fund
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.permissions import Actor
from booking.foundation.ports import Announcement, Port, Socket
from booking.foundation.web.task_lists import Task
from booking.money.fund.details import KeptRules
from booking.money.fund.models import Decision, Entry


@dataclass(frozen=True)
class Point:
    """A point on the check list for closing a school year, and where to put it right.

    One that `stops` has to be put right first; others may be accepted, which is recorded.
    """

    label: str
    #: What is open, in words; "" if nothing is.
    problem: str = ""
    #: Where to put it right: from the table of addresses, because the list is also made outside a
    #: request.
    url: str = ""
    stops: bool = False

    def __post_init__(self) -> None:
        """Insist that what is open says where it is put right."""
        assert self.url or not self.problem, f"nowhere to put right: {self.problem}"

    @property
    def is_fine(self) -> bool:
        """Return whether nothing is open."""
        return not self.problem


@Port
def event_facts(event: Event) -> Sequence[tuple[str, str]] | None:
    """Return what to say about an event's money: pairs of a label and words.

    The provider must leave out totals of fewer than five pupils.
    """


@dataclass(frozen=True)
class FundPage:
    """A page next to the fund's first; each page's template gives its name."""

    name: str
    label: str
    endpoint: str


@Port
def pages() -> Sequence[FundPage] | None:
    """Return pages for the fund's own navigation."""


@Port
def rule_books(book: RuleBook) -> KeptRules | None:
    """Return how a book of rules is read and kept, if it is the feature's own."""


def kept_rules(book: RuleBook) -> KeptRules:
    """Return how a book of rules is read and kept."""
    [found] = rule_books(book)
    return found


class UndoesSource(Protocol):
    """Undoes what made an entry, and the entry with it, once that is decided."""

    def __call__(self, *, actor: Actor, now: datetime, reason: str) -> Entry | Decision:
        """Return the reversal; there is a Decision only where none was made yet."""


@dataclass(frozen=True)
class EntrySource:
    """What made an entry, and where it is undone: the ledger alone would leave it as it was."""

    #: Such as "invoice 2026/27-0014".
    made_by: str
    #: What to do there, as a sentence: "Undo the payment there."
    how: str
    #: From the table of addresses; what may be done there is for its page to say.
    url: str
    #: What the link to it says: "Open the invoice".
    label: str
    #: None for what nobody here decides, such as a fee that the card processor keeps.
    undo: UndoesSource | None = None


@Port
def entry_sources(key: str, /) -> EntrySource | None:
    """Return what made the entry under a key, if it is the feature's own."""


@dataclass(frozen=True)
class BankedEntry:
    """The bank line that an entry is matched with, in words, and the page of the match."""

    words: str
    url: str


@Socket
def banked(entry: Entry, /) -> BankedEntry | None:
    """Return what an entry is matched with at the bank; None if it is not matched."""
    return None


@dataclass(frozen=True)
class EntryHome:
    """The page that shows what made an entry, and what the link to it says."""

    label: str
    url: str


@Socket
def homes(keys: Collection[str], /) -> Mapping[str, EntryHome]:
    """Return where what made these entries is shown, by key; what has no such page is left out."""
    return {}


@Socket
def search_page() -> str:
    """Return the endpoint of the fund's search, which takes what is looked for as `q`."""
    return ""


@dataclass(frozen=True)
class ReceivedMoney:
    """Money on a bank statement that is matched with nothing yet."""

    line: str
    on: date
    pence: int
    words: str


@Socket
def received_money() -> Sequence[ReceivedMoney]:
    """Return the money at the bank that no entry of the ledger seems to account for."""
    return ()


@Socket
def match_money(*, actor: Actor, now: datetime, line: str, keys: Sequence[str]) -> None:
    """Match a bank line with the entries that were just made for it."""


@Socket
def school_credit(school: str, /) -> int:
    """Return what a school (its slug) has paid beyond what it owes, in pence."""
    return 0


@dataclass(frozen=True)
class ArrivedMoney:
    """A bank line that names what it pays, and what recording it would do."""

    money: ReceivedMoney
    #: What it pays: a name, and its page.
    pays: Sequence[tuple[str, str]]
    why: str
    #: Nothing about it is for a person to weigh.
    sure: bool


@dataclass(frozen=True)
class Arrivals:
    """What has arrived at the bank for one feature, and where a form records it."""

    action: str
    found: Sequence[ArrivedMoney]
    #: What they are, as a heading.
    title: str


@Port
def arrivals() -> Arrivals | None:
    """Return the bank lines that name what they pay."""


@Socket
def has_card_money() -> bool:
    """Return whether families pay by card here, or ever did; if not, no page mentions it."""
    return False


@Announcement
def cost_moved(entry: Entry, reversal: Entry, again: Entry, /) -> None:
    """Announce that a cost was moved to another event: its reversal, and the cost once more."""


@Port
def promised(of: Fund, until: datetime | None = None) -> int | None:
    """Return what is promised from a fund, in pence: money that is there but already spoken for.

    It is counted as the caller's transaction sees it; with `until`, as it was just before then.
    """


@Socket
def payers(event_ids: Sequence[int]) -> Mapping[int, int]:
    """Return how many families' money is still here, by event; missing means none."""
    return {}


@Port
def treasurer_tasks(*, now: datetime) -> Sequence[Task] | None:
    """Return the treasurer's tasks, for the fund's home page."""


@Port
def year_end_points(first_on: date, last_on: date, /) -> Sequence[Point] | None:
    """Return what to check before the year between these days is closed."""
