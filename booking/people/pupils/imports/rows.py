"""Each row of a school's export as a pupil with parents, or the reason why it is not one."""

from collections.abc import Sequence
from dataclasses import dataclass

from booking.domain import names, spreadsheets, year_groups
from booking.foundation import contacts
from booking.people.pupils.details import NAME_MAX, ParentDetails
from booking.people.pupils.imports import columns, sheet
from booking.people.pupils.imports.columns import Columns, Contact, Part

NAMELESS_PARENT = "Parent or carer"


class NotAPupil(ValueError):
    """This row cannot be read as a pupil; the message says why."""


@dataclass(frozen=True)
class PupilRow:
    """A pupil as one row of the file has it."""

    line: int
    forename: str
    surname: str
    year_group: int
    parents: tuple[ParentDetails, ...] = ()
    #: What was left out of this row, in sentences.
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str, int]:
        """By what the same pupil is recognised: name and year group."""
        return (self.forename.casefold(), self.surname.casefold(), self.year_group)


@dataclass(frozen=True)
class BadRow:
    """A row that was not understood, and why."""

    line: int
    shown: str
    problem: str


@dataclass(frozen=True)
class Reading:
    """A whole file, read."""

    rows: tuple[PupilRow | BadRow, ...]
    ignored: tuple[str, ...]
    never_kept: tuple[str, ...]


def read(content: bytes, *, years: year_groups.YearRange) -> Reading:
    """Read a file of pupils of a school with `years`. Raises NotReadable."""
    found = sheet.read(content, is_header=columns.looks_like_header)
    known = columns.understand(found.header, found.rows)
    rows = tuple(_row(row, known, len(found.header), years) for row in found.rows)
    return Reading(rows, tuple(known.ignored), tuple(known.never_kept))


def _row(
    row: sheet.Row, known: Columns, width: int, years: year_groups.YearRange
) -> PupilRow | BadRow:
    try:
        return _pupil(row, known, width, years)
    except (NotAPupil, names.NotAName, year_groups.NotAYearGroup, contacts.NotAnEmail) as error:
        name_places = [
            p for part, places in known.parts.items() for p in places if part is not Part.YEAR
        ]
        cells = [names.tidy(row.cells[p]) for p in sorted(name_places) if p < len(row.cells)]
        return BadRow(row.line, " ".join(filter(None, cells))[:NAME_MAX], str(error))


def _pupil(row: sheet.Row, known: Columns, width: int, years: year_groups.YearRange) -> PupilRow:
    if len([*row.cells]) > width and any(row.cells[width:]):
        raise NotAPupil(
            "This row has more cells than there are columns. A name with a comma in it needs "
            "quotation marks around it."
        )
    forename, surname = _name(row, known)
    if not forename:
        raise NotAPupil("This row has no forename.")
    if max(len(forename), len(surname)) > NAME_MAX:
        raise NotAPupil(f"This name is longer than {NAME_MAX} characters.")
    year = year_groups.parse(_cell(row, known.parts[Part.YEAR]))
    if not years[0] <= year <= years[1]:
        raise NotAPupil(
            f"{year_groups.name(year)} is not a year group of your school "
            f"({year_groups.range_name(*years)})."
        )
    parents, notes = _parents(row, known)
    return PupilRow(row.line, forename, surname, year, parents, notes)


def _name(row: sheet.Row, known: Columns) -> tuple[str, str]:
    forename = _cell(row, known.parts.get(Part.FORENAME, ()))
    surname = _cell(row, known.parts.get(Part.SURNAME, ()))
    if Part.NAME in known.parts and not (forename and surname):
        given, family = names.split_name(_cell(row, known.parts[Part.NAME]))
        return forename or given, surname or family
    return forename, surname


def _parents(row: sheet.Row, known: Columns) -> tuple[tuple[ParentDetails, ...], tuple[str, ...]]:
    """Return the parents who can be written to, and what was left out."""
    parents: dict[str, ParentDetails] = {}
    notes = []
    for places in known.contacts:
        cells = {kind: _cell(row, places.get(kind, ())) for kind in Contact}
        name = cells[Contact.NAME] or names.tidy(
            f"{cells[Contact.FORENAME]} {cells[Contact.SURNAME]}"
        )
        if not cells[Contact.EMAIL]:
            if name or cells[Contact.PHONE]:
                notes.append(f"{name or 'A parent'} has no e-mail address and is left out.")
            continue
        email = contacts.email_address(cells[Contact.EMAIL])
        phone, note = _phone(cells[Contact.PHONE])
        notes += [note] if note else []
        if len(name) > NAME_MAX:
            raise NotAPupil(f"This parent’s name is longer than {NAME_MAX} characters.")
        parents.setdefault(email, ParentDetails(name or NAMELESS_PARENT, email, phone))
    return tuple(parents.values()), tuple(notes)


def _phone(text: str) -> tuple[str, str]:
    """Return the number, or nothing and a note: a pupil is not refused for a parent's number."""
    try:
        return contacts.e164(text), ""
    except contacts.NotAPhone:
        return "", f"“{text[:30]}” is not a telephone number and is left out."


def _cell(row: sheet.Row, places: Sequence[int]) -> str:
    """Return the first of these cells with something in it, tidied."""
    for place in places:
        text = names.tidy(spreadsheets.plain(row.cells[place])) if place < len(row.cells) else ""
        if text:
            return text
    return ""
