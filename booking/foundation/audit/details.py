"""What features say about the acts that they record: sentences, names, and what belongs together.

Each feature writes its own in `history.py`; the audit trail makes a history of them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select


class Topic(StrEnum):
    """What an act is about, as far as that decides who reads of it."""

    #: Events, places, schools, lists: whoever may open the history.
    WORK = "work"
    #: What a family answered, agreed to or was excused: the pupil's own school and nobody else.
    FAMILY = "family"
    #: How a family's fee stands: the pupil's own school, and whoever may see every school's.
    FUNDING = "funding"
    #: Who opened what a family told: as above, but the log has it for whoever reads the log.
    READING = "reading"
    #: Money that was paid: the pupil's own school, and whoever may see the fund.
    MONEY = "money"
    #: Accounts, roles and sign-ins: the school's coordinators, the lead, the auditor, oneself.
    ACCOUNTS = "accounts"


@dataclass(frozen=True)
class ActWords:
    """How one kind of act is told."""

    #: What the list of kinds calls it; several kinds of act may share it.
    kind: str
    #: Sentences without who did it, the best first: "asked for {wanted:place}{event_id.more}". The
    #: first whose parts were all recorded is told, because older entries have fewer. One that
    #: begins with a capital stands by itself: what followed from the act of somebody else.
    told: tuple[str, ...]
    topic: Topic = Topic.WORK
    #: Works out further parts from the recorded facts; a part that is empty counts as missing.
    parts: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None


def act(
    kind: str,
    *told: str,
    topic: Topic = Topic.WORK,
    parts: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
) -> ActWords:
    """Return how a kind of act is told."""
    return ActWords(kind, told, topic, parts)


@dataclass(frozen=True)
class Named:
    """What something is called in a sentence; `more` is what follows where it has a place there."""

    text: str
    #: Begins with a blank: " for “Fossil hunt”". Empty where the page itself says it.
    more: str = ""

    def __str__(self) -> str:
        """Return the name itself."""
        return self.text

    def __format__(self, _spec: str) -> str:
        """Return the name itself."""
        return self.text


@dataclass(frozen=True)
class HistoryReader:
    """Who reads a history of what, and which schools' pupils are theirs to see."""

    person_id: int | None
    #: The schools whose coordinator the reader is.
    school_ids: frozenset[int]
    may_see_money: bool = False
    may_see_funding: bool = False
    may_see_accounts: bool = False
    may_see_log: bool = False
    #: The table and id of what the history is about: its name is not repeated in each sentence.
    table: str = ""
    row_id: int = 0

    def is_about(self, table: str, row_id: int) -> bool:
        """Return whether the history is that row's."""
        return (self.table, self.row_id) == (table, row_id)


@dataclass(frozen=True)
class Namer:
    """How rows of a table are named: one query for all of a page."""

    tables: tuple[str, ...]
    names: Callable[[Collection[int], HistoryReader], Mapping[int, Named]]
    #: What is said of a row that no longer exists.
    gone: Named
    #: Facts that hold an id of these rows.
    facts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Related:
    """Rows of another table whose acts belong to a history."""

    table: str
    #: Selects their ids.
    ids: Select[Any]
    #: Only these acts; empty: all.
    actions: tuple[str, ...] = ()
    #: SQL for the instant before which these acts are another's; None: there is none.
    since: Any = None
    #: Selects the schools whose acts these are; None: anybody's.
    schools: Any = None


@dataclass(frozen=True)
class HistoryFilter:
    """Which part of a history is wanted; an empty field does not narrow it."""

    actions: tuple[str, ...] = ()
    #: A person's id, or a kind of actor: "parent".
    who: str = ""
    since: datetime | None = None
    until: datetime | None = None


#: All of a history.
EVERYTHING = HistoryFilter()


@dataclass(frozen=True)
class HistoryLine:
    """One sentence of a history, and the entry behind it for those who may see the log."""

    at: datetime
    who: str
    did: str
    #: The entry as it was written; empty for a reader who may not see the log.
    entry: str = ""
    about: str = ""

    @property
    def sentence(self) -> str:
        """Return who did what, as one sentence; what followed from an act stands by itself."""
        said = self.did if self.did[:1].isupper() else f"{self.who} {self.did}"
        return said if said.endswith((".”", "?”", "!”")) else f"{said}."
