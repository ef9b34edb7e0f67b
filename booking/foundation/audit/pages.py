"""A history: who did what to one thing, in sentences, newest first.

The features tell their own acts (`ports.acts`) and name their own rows (`ports.namers`). Names are
looked up once for each table, however long the page is.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import chain
from typing import Any

from booking.domain import permissions, terms
from booking.domain.permissions import Action, Actor, Role, Scope
from booking.foundation.audit import ports, queries, words
from booking.foundation.audit.details import (
    EVERYTHING,
    ActWords,
    HistoryFilter,
    HistoryLine,
    HistoryReader,
    Named,
    Namer,
    Topic,
)
from booking.foundation.audit.models import AuditEntry
from booking.foundation.clock import LONDON
from booking.foundation.web.paging import NUMBER_MAX, Page

PERIODS = {
    "week": "The last 7 days",
    "month": "The last 30 days",
    "year": "This school year",
    "before": "The school year before",
}
_DAYS = {"week": 7, "month": 30}
#: No school is this one: whoever may here, may everywhere.
EVERY_SCHOOL = Scope(school_id=0)
#: Names by table and id.
Names = Mapping[tuple[str, int], Named]
#: The entry's own columns that refer to rows, by what a sentence calls them.
_SCHOOL, _SUBJECT = "school", "subject"
_PEOPLE, _SCHOOLS = "people", "schools"


@dataclass(frozen=True)
class History:
    """One page of a history, and what it can be narrowed by."""

    page: Page[AuditEntry]
    lines: list[HistoryLine]
    kinds: list[tuple[str, str]]
    people: list[tuple[str, str]]
    periods: list[tuple[str, str]]


def reader(actor: Actor, table: str, row_id: int) -> HistoryReader:
    """Return what this person may read in the history of a row that they may open."""
    return HistoryReader(
        person_id=actor.person_id,
        school_ids=frozenset(actor.school_ids(Role.COORDINATOR)),
        may_see_money=permissions.may(actor, Action.SEE_FUND),
        may_see_funding=permissions.may(actor, Action.SEE_FUNDING, EVERY_SCHOOL),
        may_see_accounts=permissions.may(actor, Action.SEE_NETWORK),
        may_see_log=permissions.may(actor, Action.SEE_AUDIT),
        table=table,
        row_id=row_id,
    )


def history(
    reads: HistoryReader, *, kind: str, who: str, period: str, number: int, now: datetime
) -> History:
    """Return one page of a history: as many queries for a thousand entries as for one."""
    told, hidden = _told(), hidden_in(reads)
    since, until = _instants(period, now)
    wanted = HistoryFilter(_actions_of(kind, told), _known_who(who), since, until)
    page = queries.histories.page(reads, hidden, wanted, number=number)
    acted = queries.histories.actors(reads, hidden)
    names = _Names(reads, page.items, people=[id_ for id_, _ in acted if id_ is not None])
    kinds = sorted({_kind(told.get(name)) for name in queries.histories.actions(reads, hidden)})
    return History(
        page,
        [_line(entry, told, names, reads) for entry in page.items],
        [(each, each) for each in kinds],
        [(str(id_ or actor_kind), names.person(id_, actor_kind)) for id_, actor_kind in acted],
        list(PERIODS.items()),
    )


def latest(
    reads: HistoryReader, *, most: int, wanted: HistoryFilter = EVERYTHING
) -> list[HistoryLine]:
    """Return the newest sentences of a history, for a piece of another page."""
    entries = queries.histories.newest(reads, hidden_in(reads), most=most, wanted=wanted)
    told, names = _told(), _Names(reads, entries)
    return [_line(entry, told, names, reads) for entry in entries]


def sentences(reads: HistoryReader, entries: Sequence[AuditEntry]) -> list[HistoryLine]:
    """Return entries that are known to be this reader's to see as sentences, in their order."""
    told, names = _told(), _Names(reads, entries)
    return [_line(entry, told, names, reads) for entry in entries]


def _told() -> dict[str, ActWords]:
    """Return how every kind of act is told."""
    found: dict[str, ActWords] = {}
    for acts in ports.acts():
        assert not found.keys() & acts.keys(), "two features tell the same act"
        found |= acts
    return found


def hidden_in(reads: HistoryReader, *, in_log: bool = False) -> list[Any]:
    """Return what keeps acts from a reader, in a history or in the log."""
    by_topic: dict[Topic, list[str]] = defaultdict(list)
    for name, each in _told().items():
        by_topic[each.topic].append(name)
    return queries.histories.hidden_from(reads, by_topic, in_log=in_log)


def hidden_in_trail(actor: Actor) -> list[Any]:
    """Return what the log keeps from somebody who may read it.

    An entry tells how its subject stands, so only whoever may see that reads it: how a family's fee
    stands, what it agreed to and what it told are their own school's.
    """
    return hidden_in(reader(actor, "", 0), in_log=True)


def _kind(told: ActWords | None) -> str:
    return told.kind if told else words.OTHER_KIND


def _actions_of(kind: str, told: Mapping[str, ActWords]) -> tuple[str, ...]:
    return tuple(name for name, each in told.items() if each.kind == kind)


def _known_who(who: str) -> str:
    """Return who was chosen; nothing for what was never offered."""
    if who.isdecimal():
        return who if int(who) <= NUMBER_MAX else ""
    return who if who in words.OTHERS else ""


def _instants(period: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """Return the first instant of a period and the first one after it."""
    if period in _DAYS:
        return now - timedelta(days=_DAYS[period]), None
    if period not in PERIODS:
        return None, None
    first, last = terms.school_year_bounds(terms.school_year(terms.london(now).date()))
    if period == "before":
        before, _ = terms.school_year_bounds(terms.school_year(first - timedelta(days=1)))
        return _midnight(before), _midnight(first)
    return _midnight(first), _midnight(last + timedelta(days=1))


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), tzinfo=LONDON)


def _line(
    entry: AuditEntry, told: Mapping[str, ActWords], names: "_Names", reads: HistoryReader
) -> HistoryLine:
    log = reads.may_see_log
    return HistoryLine(
        entry.at,
        names.person(entry.person_id, entry.actor_kind),
        words.did(
            told.get(entry.action),
            entry.action,
            entry.facts | ({"reason": entry.reason} if entry.reason else {}),
            names.of(entry),
        ),
        words.told(entry.facts, entry.reason) if log else "",
        f"{entry.subject_type}:{entry.subject_id}" if log else "",
    )


class _Names:
    """The names of everything that a page mentions, looked up once for each table."""

    def __init__(
        self, reads: HistoryReader, entries: Sequence[AuditEntry], people: Iterable[int] = ()
    ) -> None:
        self._namers = list(chain.from_iterable(ports.namers()))
        self._facts = {fact: namer for namer in self._namers for fact in namer.facts}
        self._tables = {table: namer for namer in self._namers for table in namer.tables}
        asked: dict[int, set[int]] = defaultdict(set)
        if _PEOPLE in self._tables:
            asked[self._place(self._tables[_PEOPLE])] |= set(people)
        for entry in entries:
            for namer, row_id in self._mentioned(entry).values():
                asked[self._place(namer)].add(row_id)
            if entry.person_id is not None and _PEOPLE in self._tables:
                asked[self._place(self._tables[_PEOPLE])].add(entry.person_id)
        self._found = {
            place: self._namers[place].names(ids, reads) for place, ids in asked.items() if ids
        }

    def of(self, entry: AuditEntry) -> dict[str, Named]:
        """Return the names of what an entry mentions, by what a sentence calls them."""
        return {
            name: self._name(namer, row_id)
            for name, (namer, row_id) in self._mentioned(entry).items()
        }

    def person(self, person_id: int | None, kind: str) -> str:
        """Return who acted."""
        if person_id is None or _PEOPLE not in self._tables:
            return words.OTHERS.get(kind, words.SOMEBODY)
        return self._name(self._tables[_PEOPLE], person_id).text

    def _name(self, namer: Namer, row_id: int) -> Named:
        return self._found.get(self._place(namer), {}).get(row_id, namer.gone)

    def _place(self, namer: Namer) -> int:
        return self._namers.index(namer)

    def _mentioned(self, entry: AuditEntry) -> dict[str, tuple[Namer, int]]:
        found: dict[str, tuple[Namer, int]] = {}
        if entry.subject_id.isdecimal() and entry.subject_type in self._tables:
            found[_SUBJECT] = (self._tables[entry.subject_type], int(entry.subject_id))
        if entry.school_id is not None and _SCHOOLS in self._tables:
            found[_SCHOOL] = (self._tables[_SCHOOLS], entry.school_id)
        for fact, namer in self._facts.items():
            if isinstance(row_id := entry.facts.get(fact), int):
                found[fact] = (namer, row_id)
        return found
