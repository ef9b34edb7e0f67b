"""Everything held about one person, put together: each feature's part, who read it, its history."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Column

from booking.domain import terms
from booking.domain.permissions import Actor
from booking.foundation.audit import pages as audit_pages
from booking.foundation.audit.details import HistoryLine
from booking.foundation.holdings import INTERNAL, Part
from booking.foundation.web import log_masks
from booking.rights.subjects import queries, words
from booking.rights.subjects.details import CopySection, DataSubject, FullCopy, RowTold, TypedName

READ, ACTS = "Who read lists, answers and health notes", "What was done, from the audit trail"
ELSEWHERE = "Where else the name stands"


def copy_of(person: DataSubject, *, actor: Actor, now: datetime) -> FullCopy:
    """Return everything held about somebody, as of now."""
    gathered = _Gathered(person)
    sections = [*gathered.sections, *_trail(person, gathered, actor)]
    if person.subject.people:
        sections.append(_elsewhere(person))
    shown = [section for section in sections if section.rows]
    return FullCopy(person.name, person.kind, now, shown)


def copy_of_typed(name: str, found: Iterable[TypedName], *, now: datetime) -> FullCopy:
    """Return where a name was typed that leads to no pupil, as of now."""
    rows = [
        (("Name", one.name), ("What", one.what), ("When", terms.day_text(one.on))) for one in found
    ]
    return FullCopy(name, "typed", now, [CopySection("Where the name was typed", rows)])


class _Gathered:
    """The rows of every part, told in words."""

    def __init__(self, person: DataSubject) -> None:
        self._subject = person.subject
        self._ways = queries.ways_to_others(person)
        self._names: dict[str, dict[Any, str]] = {}
        self.found = [(part, queries.rows_of(part, person.subject)) for part in queries.parts()]
        self.sections = [
            CopySection(part.title, self._told(part, rows)) for part, rows in self.found if rows
        ]

    @cached_property
    def _others(self) -> set[str]:
        return queries.other_names(self._subject)

    @property
    def keys(self) -> Iterable[tuple[str, str]]:
        """The tables and ids of all rows, as the audit trail names them."""
        for part, rows in self.found:
            for row in rows:
                key = part.table.primary_key.columns
                yield part.table.name, ":".join(str(row._mapping[column]) for column in key)

    def _told(self, part: Part, rows: Iterable[Any]) -> list[RowTold]:
        rows = list(rows)
        columns = [
            column
            for column in part.table.columns
            if column.name not in INTERNAL and column.name not in part.left_out
        ]
        names = {column: self._named(column, rows) for column in columns if column.foreign_keys}
        return [self._row(part, columns, names, row) for row in rows]

    def _named(self, column: Column[Any], rows: list[Any]) -> Mapping[Any, str]:
        table = min(
            (key.column.table for key in column.foreign_keys), key=lambda each: str(each.name)
        )
        ids = {row._mapping[column] for row in rows} - {None}
        return {
            id_: words.value("", name)
            for id_, name in queries.named(table, ids, self._subject).items()
        }

    def _row(
        self, part: Part, columns: list[Column[Any]], names: Mapping[Any, Any], row: Any
    ) -> RowTold:
        told = []
        for column in columns:
            given = row._mapping[column]
            text = (
                names[column].get(given, "") if column in names else words.value(column.name, given)
            )
            if part.by_staff and column not in names:
                text = words.without(text, self._others)
            for way in self._ways:
                text = text.replace(way, words.ANOTHER_PARENT)
            if text := log_masks.mask(text):  # a private link still opens its page
                told.append((words.label(column.name), text))
        return tuple(told)


def _trail(person: DataSubject, gathered: _Gathered, actor: Actor) -> Iterable[CopySection]:
    if person.subject.people:
        reads = audit_pages.reader(actor, "people", person.subject.people[0])
        yield CopySection(
            ACTS, [_act(line) for line in audit_pages.latest(reads, most=queries.ACTS_MAX)]
        )
        return
    reads = audit_pages.reader(actor, person.row.__tablename__, person.row.id)
    read = audit_pages.sentences(reads, queries.readings_of(person))
    yield CopySection(READ, [_act(line) for line in read])
    done = audit_pages.sentences(reads, queries.acts_on(gathered.keys))
    yield CopySection(ACTS, [_act(line) for line in done])


def _act(line: HistoryLine) -> RowTold:
    return (("When", terms.deadline_text(line.at)), ("What", line.sentence))


def _elsewhere(person: DataSubject) -> CopySection:
    told = [part.table for part in queries.parts() if part.adult]
    marks = queries.marks_of(person.subject.people[0], told)
    return CopySection(
        ELSEWHERE,
        [
            (("In", words.label(table)), ("As", words.label(column)), ("How often", str(count)))
            for table, column, count in marks
        ],
    )
