"""What an import would do, row by row, before anything is written."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from booking.people.pupils.details import ParentDetails
from booking.people.pupils.imports.rows import BadRow, PupilRow


class Kind(StrEnum):
    """What would become of a row."""

    NOT_UNDERSTOOD = "not_understood"
    TWICE = "twice"
    NEW = "new"
    CHANGED = "changed"
    SAME = "same"


@dataclass(frozen=True)
class Known:
    """A pupil who is on the school's list already."""

    forename: str
    surname: str
    year_group: int
    parents: tuple[ParentDetails, ...]

    @property
    def key(self) -> tuple[str, str, int]:
        """By what the same pupil is recognised: name and year group."""
        return (self.forename.casefold(), self.surname.casefold(), self.year_group)


@dataclass(frozen=True)
class Line:
    """One row of the file, and what would become of it."""

    number: int
    kind: Kind
    shown: str
    row: PupilRow | None
    #: Why it is not understood, what changes, what was left out: sentences.
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Preview:
    """All rows of a file."""

    lines: Sequence[Line]
    ignored: Sequence[str] = field(default=())
    never_kept: Sequence[str] = field(default=())

    def of(self, kind: Kind) -> list[Line]:
        """Return the rows of one kind."""
        return [line for line in self.lines if line.kind == kind]

    @property
    def writable(self) -> list[PupilRow]:
        """The rows that a yes would write."""
        wanted = {Kind.NEW, Kind.CHANGED}
        return [line.row for line in self.lines if line.row is not None and line.kind in wanted]


def compare(rows: Iterable[PupilRow | BadRow], known: Iterable[Known]) -> list[Line]:
    """Say of each row whether its pupil is new, changed, the same or twice."""
    by_key = {pupil.key: pupil for pupil in known}
    seen: dict[tuple[str, str, int], int] = {}
    lines = []
    for row in rows:
        if isinstance(row, BadRow):
            lines.append(Line(row.line, Kind.NOT_UNDERSTOOD, row.shown, None, (row.problem,)))
            continue
        line = _line(row, by_key, seen.get(row.key))
        seen.setdefault(row.key, row.line)
        lines.append(line)
    return lines


def merged(
    before: Sequence[ParentDetails], given: Sequence[ParentDetails]
) -> tuple[ParentDetails, ...]:
    """Return a pupil's parents after an import.

    A file without parents changes none. Else its parents are the parents; what the file leaves
    empty about one of them stays as it was.
    """
    if not given:
        return tuple(before)
    known = {parent.email: parent for parent in before}
    return tuple(_filled(parent, known.get(parent.email)) for parent in given)


def _filled(given: ParentDetails, known: ParentDetails | None) -> ParentDetails:
    if known is None:
        return given
    return ParentDetails(given.name or known.name, given.email, given.phone or known.phone)


def _line(row: PupilRow, by_key: dict[tuple[str, str, int], Known], first: int | None) -> Line:
    shown = " ".join(filter(None, (row.forename, row.surname)))
    if first is not None:
        note = f"The same pupil as in line {first}; this line is left out."
        return Line(row.line, Kind.TWICE, shown, row, (note,))
    pupil = by_key.get(row.key)
    if pupil is None:
        nameless = () if row.surname else ("No surname in this row.",)
        notes = (*nameless, *_year_before(row, by_key), *row.notes)
        return Line(row.line, Kind.NEW, shown, row, notes)
    after = merged(pupil.parents, row.parents)
    if set(after) == set(pupil.parents):
        return Line(row.line, Kind.SAME, shown, row, row.notes)
    return Line(row.line, Kind.CHANGED, shown, row, (_change(pupil.parents, after), *row.notes))


def _year_before(row: PupilRow, by_key: dict[tuple[str, str, int], Known]) -> tuple[str, ...]:
    """Return a note when the same name is one year lower: September came, and nobody moved up."""
    if (row.key[0], row.key[1], row.year_group - 1) not in by_key:
        return ()
    return (
        "A pupil of this name is on your list one year lower. If it is the same one, first move "
        "everybody up a year.",
    )


def _change(before: Sequence[ParentDetails], after: Sequence[ParentDetails]) -> str:
    old, new = {p.email for p in before}, {p.email for p in after}
    parts = []
    if new - old:
        parts.append("new parent " + ", ".join(sorted(new - old)))
    if old - new:
        parts.append("no longer " + ", ".join(sorted(old - new)))
    if not parts:
        parts.append("a parent’s name or telephone number")
    return "Changes: " + "; ".join(parts) + "."
