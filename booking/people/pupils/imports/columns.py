"""What each column of a school's export is: kept, left out, never kept, or a reason to refuse."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stdnum.gb import upn

from booking.foundation.tables.records import NOT_NEEDED, ReadTable
from booking.foundation.tables.refusals import NotReadable
from booking.people.pupils.imports import dialect, groups, permissions, titles
from booking.people.pupils.imports.groups import ContactColumn, Group
from booking.people.pupils.imports.permissions import Takes
from booking.people.pupils.imports.titles import Contact, PupilFact


class ColumnMissing(NotReadable):
    """A column is missing without which no pupil can be read; a person may point at it."""

    def __init__(self, words: str, table: ReadTable, columns: "PupilColumns") -> None:
        super().__init__(words)
        self.table, self.columns = table, columns


class NoNameColumn(ColumnMissing):
    """No column has the surname and the forename."""


class NoYearColumn(ColumnMissing):
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
    #: What somebody said that a column is, by its place.
    said: dict[int, str] = field(default_factory=dict)

    @property
    def has_order(self) -> bool:
        """Whether a column says which of a pupil's contacts a row is about."""
        return any(Contact.PRIORITY in group.places for group in self.contacts)

    @property
    def meanings(self) -> list[str | None]:
        """What each column was taken for, in words; None for one of which nothing may be made."""
        locked = {*self.only_take, *self.never_kept}
        found = [None if title in locked else "" for title in self.header]
        for fact, places in self.parts.items():
            for place in places:
                found[place] = dialect.meaning(fact)
        for place, title in enumerate(self.header):
            found[place] = "unclear whose" if title in self.unclear else found[place]
        for number, group in enumerate(self.contacts, 1):
            for kind, places in group.places.items():
                for place in places:
                    found[place] = f"contact {number}, {kind}"
        return found

    @property
    def in_words(self) -> list[str]:
        """What somebody said about columns: “Cohort”: Year group."""
        words = dict(dialect.PUPILS.facts)
        return [
            f"“{self.header[place]}”: {words[fact]}"
            for place, fact in sorted(self.said.items())
            if fact in words
        ]

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


def understand(table: ReadTable) -> PupilColumns:
    """Return what each column is, by its title or because somebody said so. Raises a NotReadable.

    A column of UPNs, recognised by its title or its contents, refuses the whole file.
    """
    refuse_upns(table)
    found = PupilColumns(table.header)
    ranks: dict[int, int] = {}
    about: list[ContactColumn] = []
    takes: list[tuple[int, Takes]] = []
    for place, title in enumerate(table.header):
        words = titles.words_of(title)
        how = permissions.by_title(words)
        if how is not None and titles.part(words) is None:
            found.only_take.append(title)
            person = permissions.whose(words)
            if person is None:
                takes.append((place, how))
            else:
                about.append(ContactColumn(place, person, how))
        elif titles.part(words) is None and titles.is_never_kept(words):
            found.never_kept.append(title)
        else:
            about += _place(found, ranks, place, words, table.pointed.get(place, ""))
    for places in found.parts.values():
        places.sort(key=lambda place: ranks[place])
    _group(found, about, takes)
    _check(found, table)
    return found


def _place(
    found: PupilColumns, ranks: dict[int, int], place: int, words: Sequence[str], said: str
) -> list[ContactColumn]:
    """Put a column where it belongs; return it if it is about a contact.

    What somebody said about a column goes before its title.
    """
    title = found.header[place]
    if said:
        found.said[place] = said
    part = titles.part(words)
    fact = dialect.of_pupil(said) or (part[0] if part and not said else None)
    of_contact = dialect.of_parent(said) or (None if said else titles.of_contact(words))
    if fact is not None:
        found.parts.setdefault(fact, []).append(place)
        ranks[place] = part[1] if part and not said else -1
    elif of_contact is not None:
        return [ContactColumn(place, of_contact.person, of_contact)]
    elif title and said != NOT_NEEDED:
        found.ignored.append(title)
    return []


def refuse_upns(table: ReadTable) -> None:
    """Raise HoldsUpns if any column is headed UPN, or anything in the file is one."""
    header = table.header
    for title in header:
        words = titles.words_of(title)
        if "upn" in words or words[:3] == ["unique", "pupil", "number"]:
            raise HoldsUpns(title)
    above = (cells for _line, cells in table.guess.top)
    every = (one.cells for one in table.in_order)
    for cells in (*above, *every):
        for place, cell in enumerate(cells):
            if upn.is_valid(cell):
                raise HoldsUpns(header[place] if place < len(header) else f"number {place + 1}")


def _group(
    found: PupilColumns, about: Sequence[ContactColumn], takes: Sequence[tuple[int, Takes]]
) -> None:
    result = groups.grouped(about)
    found.contacts = result.groups
    found.takes = (*takes, *result.takes)
    found.unclear = [found.header[place] for place in sorted(result.unclear)]


def _check(found: PupilColumns, table: ReadTable) -> None:
    seen = ", ".join(f"“{title}”" for title in table.header[:12] if title) or "none"
    names = found.parts.keys()
    if not ({PupilFact.FORENAME, PupilFact.SURNAME} <= names or PupilFact.NAME in names):
        raise NoNameColumn(
            f"We could not find columns for surname and forename. Say below which they are, or "
            f"call them “Surname” and “Forename”. The columns in this file are: {seen}.",
            table,
            found,
        )
    if PupilFact.YEAR not in names:
        raise NoYearColumn(
            f"We could not find a column for the year group. Say below which it is, or call it "
            f"“Year group”. The columns in this file are: {seen}.",
            table,
            found,
        )
