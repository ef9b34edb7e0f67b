"""Each row of a school's export as a pupil with contacts, or the reason why it is not one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from booking.domain import names, spreadsheets, year_groups
from booking.foundation.tables import reading
from booking.foundation.tables.records import OmittedRecord, ReadTable, Record, TableChoices
from booking.people.pupils.details import CLASS_MAX, NAME_MAX, ParentDetails
from booking.people.pupils.imports import columns, dialect, people
from booking.people.pupils.imports.columns import PupilColumns
from booking.people.pupils.imports.people import GivenContact, LeftOut
from booking.people.pupils.imports.titles import PupilFact

Key = tuple[str, str, int]
NUMBER_MAX = 20
_GUESSING = TableChoices()
_NOTHING_REMEMBERED: Mapping[str, str] = {}


class NotAPupil(ValueError):
    """This row cannot be read as a pupil; the message says why."""


@dataclass(frozen=True)
class PupilRow:
    """A pupil as described by one row of the file, or by several that are certainly about one
    pupil."""

    line: int
    forename: str
    surname: str
    year_group: int
    contacts: tuple[GivenContact, ...] = ()
    class_name: str = ""
    admission_number: str = ""
    #: Each row of the file is one contact, and its order says which.
    is_of_one_contact: bool = False
    #: Further lines of the file that were read as this pupil.
    more_lines: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> Key:
        """Name and year group: pupils who share them may be the same."""
        return (self.forename.casefold(), self.surname.casefold(), self.year_group)

    @property
    def linked(self) -> tuple[GivenContact, ...]:
        """The contacts who are kept as parents, by address or on paper: two at most."""
        return people.sorted_out(self.contacts)[0]

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """The contacts who are not kept, and why."""
        return people.sorted_out(self.contacts)[1]

    @property
    def parents(self) -> tuple[ParentDetails, ...]:
        """The contacts who are kept, as details."""
        return tuple(contact.details for contact in self.linked)

    @property
    def addresses(self) -> frozenset[str]:
        """Every address of the pupil's contacts, which may identify the pupil."""
        return frozenset(contact.email for contact in self.contacts if contact.email)


@dataclass(frozen=True)
class BadRow:
    """A row that was not understood, and why."""

    line: int
    shown: str
    problem: str


@dataclass(frozen=True)
class ListReading:
    """A whole file, read."""

    rows: tuple[PupilRow | BadRow, ...]
    columns: PupilColumns
    table: ReadTable

    @property
    def ignored(self) -> tuple[str, ...]:
        """The names of columns that are not needed."""
        return tuple(self.columns.ignored)

    @property
    def never_kept(self) -> tuple[str, ...]:
        """The names of columns that are never kept."""
        return tuple(self.columns.never_kept)


def read(
    content: bytes | str,
    *,
    years: year_groups.YearRange,
    choices: TableChoices = _GUESSING,
    remembered: Mapping[str, str] = _NOTHING_REMEMBERED,
) -> ListReading:
    """Read a file of pupils for a school with `years`. Raises NotReadable."""
    table = reading.read(content, dialect.PUPILS, choices=choices, remembered=remembered)
    known = columns.understand(table)
    found: list[PupilRow | BadRow] = []
    #: Where in `found` the row stands that a row with contacts only would continue.
    last: int | None = None
    for row in table.in_order:
        if isinstance(row, OmittedRecord):
            found.append(BadRow(row.line, row.shown, row.why))
            last = len(found) - 1 if row.is_record else last
        elif last is None or not _goes_on(row, known):
            found.append(_row(row, known, years))
            last = len(found) - 1
        elif isinstance(above := found[last], PupilRow):
            found[last] = _longer(above, row, known)
        else:
            problem = "This row continues one that was not understood."
            found.append(BadRow(row.line, above.shown, problem))
    return ListReading(tuple(found), known, table)


def _longer(above: PupilRow, row: Record, known: PupilColumns) -> PupilRow:
    """Return a pupil with the contacts of a further row."""
    contacts = _below(above, people.of_row(row.cells, known))
    further = replace(above, line=row.line, notes=(), more_lines=(), contacts=contacts)
    return joined([above, further])


def joined(rows: Sequence[PupilRow]) -> PupilRow:
    """Return several rows about one pupil as one, in whatever order they come."""
    rows = sorted(rows, key=lambda row: row.line)
    contacts = dict.fromkeys(contact for row in rows for contact in row.contacts)
    return replace(
        rows[0],
        contacts=tuple(sorted(contacts, key=lambda one: (one.rank, one.email, one.name))),
        class_name=_first(row.class_name for row in rows),
        admission_number=_first(row.admission_number for row in rows),
        more_lines=tuple(line for line in _lines(rows) if line != rows[0].line),
        notes=tuple(dict.fromkeys(note for row in rows for note in row.notes)),
    )


def _lines(rows: Sequence[PupilRow]) -> list[int]:
    return sorted({line for row in rows for line in (row.line, *row.more_lines)})


def _first(texts: Iterable[str]) -> str:
    return next(iter(sorted(filter(None, texts))), "")


def _goes_on(row: Record, known: PupilColumns) -> bool:
    """Return whether a row has only contacts, and so continues the pupil above it."""
    places = [place for places in known.parts.values() for place in places]
    return not any(_cell(row, (place,)) for place in places) and bool(
        people.of_row(row.cells, known)
    )


def _below(before: PupilRow, contacts: tuple[GivenContact, ...]) -> tuple[GivenContact, ...]:
    """Return the contacts of a further row, after those above unless it numbers them."""
    last = max((contact.rank for contact in before.contacts), default=0)
    ranks = {contact.rank for contact in before.contacts}
    return tuple(
        replace(contact, rank=last + n) if contact.rank in ranks else contact
        for n, contact in enumerate(contacts, 1)
    )


def _row(row: Record, known: PupilColumns, years: year_groups.YearRange) -> PupilRow | BadRow:
    try:
        return _pupil(row, known, years)
    except (NotAPupil, names.NotAName, year_groups.NotAYearGroup) as error:
        parts = (PupilFact.FORENAME, PupilFact.SURNAME, PupilFact.NAME)
        places = sorted(place for part in parts for place in known.parts.get(part, ()))
        cells = [names.tidy(row.cells[place]) for place in places if place < len(row.cells)]
        return BadRow(row.line, " ".join(filter(None, cells))[:NAME_MAX], str(error))


def _pupil(row: Record, known: PupilColumns, years: year_groups.YearRange) -> PupilRow:
    forename, surname = _name(row, known)
    if not forename:
        raise NotAPupil("This row has no forename.")
    if max(len(forename), len(surname)) > NAME_MAX:
        raise NotAPupil(f"This name is longer than {NAME_MAX} characters.")
    year, class_name = year_groups.parse_with_class(_cell(row, known.parts[PupilFact.YEAR]))
    if not years[0] <= year <= years[1]:
        raise NotAPupil(
            f"{year_groups.name(year)} is not a year group of your school "
            f"({year_groups.range_name(*years)})."
        )
    contacts = people.of_row(row.cells, known)
    return PupilRow(
        row.line,
        forename,
        surname,
        year,
        contacts,
        (_cell(row, known.parts.get(PupilFact.CLASS, ())) or class_name)[:CLASS_MAX],
        _cell(row, known.parts.get(PupilFact.NUMBER, ()))[:NUMBER_MAX],
        known.has_order and len(known.contacts) == 1 and bool(contacts),
    )


def _name(row: Record, known: PupilColumns) -> tuple[str, str]:
    forename = _cell(row, known.parts.get(PupilFact.FORENAME, ()))
    surname = _cell(row, known.parts.get(PupilFact.SURNAME, ()))
    if PupilFact.NAME in known.parts and not (forename and surname):
        given, family = names.split_name(_cell(row, known.parts[PupilFact.NAME]))
        return forename or given, surname or family
    return forename, surname


def _cell(row: Record, places: Sequence[int]) -> str:
    """Return the first of these cells that is not empty, tidied."""
    for place in places:
        text = names.tidy(spreadsheets.plain(row.cells[place])) if place < len(row.cells) else ""
        if text:
            return text
    return ""
