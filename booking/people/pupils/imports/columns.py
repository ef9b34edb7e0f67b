"""What each column of a school's export is: kept, left out, never kept, or a reason to refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from stdnum.gb import upn

from booking.people.pupils.imports import groups, permissions, titles
from booking.people.pupils.imports.groups import Group
from booking.people.pupils.imports.permissions import Takes
from booking.people.pupils.imports.sheet import NotReadable, SheetRow
from booking.people.pupils.imports.titles import Contact, PupilFact


class NoNameColumn(NotReadable):
    """No column has the surname and the forename."""


class NoYearColumn(NotReadable):
    """No column has the year group."""


class HoldsUpns(NotReadable):
    """A column of unique pupil numbers: a "blind" number that must not be passed on."""

    def __init__(self, column: str) -> None:
        super().__init__(
            f"The column “{column}” contains unique pupil numbers (UPNs), which Fairplace must "
            "not receive. Remove this column from the export and choose the new file. Nothing "
            "from this file has been kept."
        )


@dataclass
class PupilColumns:
    """Where everything is. Several columns may hold the same thing; the best one comes first."""

    header: tuple[str, ...] = ()
    parts: dict[PupilFact, list[int]] = field(default_factory=dict)
    #: The contacts, each with columns of its own.
    contacts: tuple[Group, ...] = ()
    #: Columns that forbid writing to every contact in their row.
    takes: tuple[tuple[int, Takes], ...] = ()
    #: Names of columns that no event needs.
    ignored: list[str] = field(default_factory=list)
    #: Names of columns about contacts that could belong to more than one person.
    unclear: list[str] = field(default_factory=list)
    #: Names of columns that were read only for what they forbid, and are not kept.
    only_take: list[str] = field(default_factory=list)
    #: Names of columns that Fairplace never keeps.
    never_kept: list[str] = field(default_factory=list)

    @property
    def has_order(self) -> bool:
        """Whether a column says which of a pupil's contacts a row is about."""
        return any(Contact.PRIORITY in group.places for group in self.contacts)

    @property
    def as_read(self) -> list[str]:
        """Which columns were read as one person's, in words for the person checking them."""
        return [
            ", ".join(
                f"“{self.header[place]}”"
                for place in sorted(p for places in group.places.values() for p in places)
            )
            for group in self.contacts
        ]


def looks_like_header(cells: Sequence[str]) -> bool:
    """Return whether a row names the columns of a list of pupils."""
    found = {known[0] for cell in cells if (known := titles.part(titles.words_of(cell)))}
    return bool(found - {PupilFact.CLASS, PupilFact.NUMBER})


def understand(header: Sequence[str], rows: Sequence[SheetRow]) -> PupilColumns:
    """Return what each column is. Raises a NotReadable.

    A column of UPNs, recognised by its title or its contents, refuses the whole file.
    """
    refuse_upns(header, rows)
    found = PupilColumns(tuple(header))
    ranks: dict[int, int] = {}
    about: list[groups.ContactColumn] = []
    takes: list[tuple[int, Takes]] = []
    for place, title in enumerate(header):
        words = titles.words_of(title)
        part = titles.part(words)
        how = permissions.by_title(words)
        if part is not None:
            found.parts.setdefault(part[0], []).append(place)
            ranks[place] = part[1]
        elif how is not None:
            found.only_take.append(title)
            person = permissions.whose(words)
            if person is None:
                takes.append((place, how))
            else:
                about.append(groups.ContactColumn(place, person, how))
        elif titles.is_never_kept(words):
            found.never_kept.append(title)
        elif (of_contact := titles.of_contact(words)) is not None:
            about.append(groups.ContactColumn(place, of_contact.person, of_contact))
        elif title:
            found.ignored.append(title)
    for places in found.parts.values():
        places.sort(key=lambda place: ranks[place])
    _group(found, about, takes)
    _check(found, header)
    return found


def refuse_upns(header: Sequence[str], rows: Iterable[SheetRow]) -> None:
    """Raise HoldsUpns if any column is headed UPN or holds one."""
    for title in header:
        words = titles.words_of(title)
        if "upn" in words or words[:3] == ["unique", "pupil", "number"]:
            raise HoldsUpns(title)
    for row in rows:
        for place, cell in enumerate(row.cells):
            if upn.is_valid(cell):
                raise HoldsUpns(header[place] if place < len(header) else f"number {place + 1}")


def _group(
    found: PupilColumns, about: Sequence[groups.ContactColumn], takes: Sequence[tuple[int, Takes]]
) -> None:
    result = groups.grouped(about)
    found.contacts = result.groups
    found.takes = (*takes, *result.takes)
    found.unclear = [found.header[place] for place in sorted(result.unclear)]


def _check(found: PupilColumns, header: Sequence[str]) -> None:
    seen = ", ".join(f"“{title}”" for title in header[:12] if title) or "none"
    names = found.parts.keys()
    if not ({PupilFact.FORENAME, PupilFact.SURNAME} <= names or PupilFact.NAME in names):
        raise NoNameColumn(
            f"We could not find columns for surname and forename. Call them “Surname” and "
            f"“Forename”, or have one column called “Name” with names such as “Okoro, Amara”. The "
            f"columns in this file are: {seen}."
        )
    if PupilFact.YEAR not in names:
        raise NoYearColumn(
            f"We could not find a column for the year group. Call it “Year group”. The columns in "
            f"this file are: {seen}."
        )
