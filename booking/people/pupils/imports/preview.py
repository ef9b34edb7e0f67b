"""What an import would do, pupil by pupil and contact by contact, before anything is written."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from booking.domain import english
from booking.foundation import contacts
from booking.people.pupils.details import NAMELESS_PARENT, ParentDetails
from booking.people.pupils.imports import families, same
from booking.people.pupils.imports.columns import PupilColumns
from booking.people.pupils.imports.rows import BadRow, PupilRow
from booking.people.pupils.imports.same import Answers, KnownPupil, Match, PupilChoice


class PupilFate(StrEnum):
    """What would become of a pupil in the file."""

    NOT_UNDERSTOOD = "not_understood"
    DOUBT = "doubt"
    NEW = "new"
    CHANGED = "changed"
    OTHER_PARENTS = "other_parents"
    SAME = "same"


class ContactFate(StrEnum):
    """What would become of a contact."""

    ADDED = "will be added"
    KEPT = "is on your list"
    STAYS = "is on your list but not in the file, and stays"
    TAKEN_OFF = "is on your list and will be removed"
    LEFT_OUT = "left out"
    ASKED = "added when you say who the pupil is"


#: Beside a contact who will be a parent without an address.
ON_PAPER = "asked on paper, because there is no e-mail address"


@dataclass(frozen=True)
class ShownContact:
    """One contact: the name beside the address, and what will happen to it."""

    name: str
    email: str
    #: E.164.
    phone: str
    fate: ContactFate
    why: str = ""

    @property
    def readable_phone(self) -> str:
        """The number as people read it out."""
        return contacts.readable_phone(self.phone) if self.phone else ""


@dataclass(frozen=True)
class PreviewLine:
    """One pupil in the file, and what would become of the pupil and of each contact."""

    number: int
    kind: PupilFate
    shown: str
    row: PupilRow | None
    #: Sentences: why the row is not understood, what changes, what was left out.
    notes: tuple[str, ...] = ()
    known: KnownPupil | None = None
    #: All parents that the pupil would then have.
    parents: tuple[ParentDetails, ...] = ()
    contacts: tuple[ShownContact, ...] = ()
    choices: tuple[PupilChoice, ...] = ()
    #: Whether the file's parents could replace all those on the list.
    can_replace: bool = False


@dataclass(frozen=True)
class ImportPreview:
    """All rows of a file, and which columns were read as one person's."""

    lines: Sequence[PreviewLine]
    columns: PupilColumns
    #: The school year that the year groups were taken to be of.
    school_year: str = ""

    @property
    def counted(self) -> str:
        """How many rows were read and left out; together they are all rows of the file."""
        read = sum(1 + len(row.more_lines) for row in self.rows)
        left_out = self.of(PupilFate.NOT_UNDERSTOOD)
        words = f"{english.plural(read, 'row')} read, {len(left_out)} left out"
        if len(left_out) == 1:
            [only] = left_out
            return f"{words}: line {only.number}, {only.shown or 'no name'}. {only.notes[0]}"
        return f"{words}." if not left_out else f"{words}; each is named below with its reason."

    def of(self, kind: PupilFate) -> list[PreviewLine]:
        """Return the pupils of one kind."""
        return [line for line in self.lines if line.kind == kind]

    @property
    def rows(self) -> list[PupilRow]:
        """All rows that were understood, because one may explain another."""
        return [line.row for line in self.lines if line.row is not None]

    @property
    def writable(self) -> list[PreviewLine]:
        """The pupils that confirming would add or change without any answers."""
        return self.of(PupilFate.NEW) + self.of(PupilFate.CHANGED)

    @property
    def can_be_kept(self) -> bool:
        """Whether there is anything to confirm."""
        return bool(self.writable or self.of(PupilFate.DOUBT) or self.of(PupilFate.OTHER_PARENTS))


def compare(
    rows: Iterable[PupilRow | BadRow],
    known: Iterable[KnownPupil],
    answers: Answers | None = None,
    replaced: Collection[int] = (),
) -> list[PreviewLine]:
    """Return for each pupil in a file whether they are new, changed, the same or unclear."""
    rows, known = list(rows), list(known)
    lines = [
        PreviewLine(row.line, PupilFate.NOT_UNDERSTOOD, row.shown, None, (row.problem,))
        for row in rows
        if isinstance(row, BadRow)
    ]
    good = [row for row in rows if isinstance(row, PupilRow)]
    matches = same.match(good, known, answers)
    names = _names(matches, known, replaced)
    keys = {pupil.key for pupil in known}
    lines += [_line(one, names, keys, one.row.line in replaced) for one in matches]
    return sorted(lines, key=lambda line: line.number)


def _names(
    matches: Sequence[Match], known: Sequence[KnownPupil], replaced: Collection[int]
) -> dict[str, tuple[str, str]]:
    """Return one name and number for each parent's key: one person in every row.

    The name on the list stays, unless the file's is ticked. If the file has several, the first in
    the alphabet is used, so that the order of rows decides nothing.
    """
    on_list: dict[str, ParentDetails] = {p.key: p for pupil in known for p in pupil.parents}
    given: dict[str, list[ParentDetails]] = defaultdict(list)
    ticked = {
        parent.key for one in matches if one.row.line in replaced for parent in one.row.parents
    }
    for one in matches:
        for parent in one.row.parents:
            given[parent.key].append(parent)
    found = {}
    for key, several in given.items():
        names = sorted({p.name for p in several if p.name != NAMELESS_PARENT}) or [NAMELESS_PARENT]
        phones = sorted({p.phone for p in several if p.phone}) or [""]
        before = on_list.get(key)
        name = names[0]
        if before and before.name not in {"", NAMELESS_PARENT} and key not in ticked:
            name = before.name
        phone = before.phone if before and before.phone in phones else phones[0]
        found[key] = (name, phone or (before.phone if before else ""))
    return found


def _line(
    one: Match,
    names: dict[str, tuple[str, str]],
    keys: Collection[tuple[str, str, int]],
    is_replaced: bool,
) -> PreviewLine:
    row, known = one.row, one.known
    before = list(known.parents) if known else []
    given = [
        families.with_address(ParentDetails(names[p.key][0], p.email, names[p.key][1]), before)
        for p in row.parents
    ]
    forbidden = [parent for parent in before if families.is_forbidden(parent, row)]
    parents = families.after(before, forbidden, given, is_replaced)
    others = [p for p in before if p not in forbidden and not families.is_among(p, given)]
    renamed = any(_other_name(row, parent) for parent in parents)
    can_replace = bool(known and given and (others or renamed))
    return PreviewLine(
        row.line,
        _kind(one, parents, can_replace),
        " ".join(filter(None, (row.forename, row.surname))),
        row,
        _notes(one, keys),
        known,
        tuple(parents),
        tuple(_contacts(one, forbidden, given, parents)),
        one.choices,
        can_replace,
    )


def _kind(one: Match, parents: Sequence[ParentDetails], can_replace: bool) -> PupilFate:
    row, known = one.row, one.known
    if one.choices:
        return PupilFate.DOUBT
    if known is None:
        return PupilFate.NEW
    told = (
        row.class_name and row.class_name != known.class_name,
        row.admission_number and row.admission_number != known.admission_number,
    )
    if any(told) or set(parents) != set(known.parents):
        return PupilFate.CHANGED
    return PupilFate.OTHER_PARENTS if can_replace else PupilFate.SAME


def _notes(one: Match, keys: Collection[tuple[str, str, int]]) -> tuple[str, ...]:
    row, known = one.row, one.known
    notes = [*row.notes, *(note for contact in row.contacts for note in contact.notes)]
    if row.more_lines:
        lines = ", ".join(map(str, (row.line, *row.more_lines)))
        notes.append(f"Lines {lines} were read as one pupil.")
    if known is None and not row.surname:
        notes.append("No surname in this row.")
    if known is None and (row.key[0], row.key[1], row.year_group - 1) in keys:
        notes.append(
            "A pupil with this name is on your list one year lower. If this is the same pupil, "
            "move everybody up a year first."
        )
    if known and row.class_name and row.class_name != known.class_name:
        notes.append(f"Class: {row.class_name}.")
    if known and known.key != row.key:
        notes.append("The name and year group on your list will stay as they are.")
    return tuple(notes)


def _contacts(
    match: Match,
    forbidden: Sequence[ParentDetails],
    given: Sequence[ParentDetails],
    parents: Sequence[ParentDetails],
) -> Iterable[ShownContact]:
    """Yield everybody that the file or the list has for a pupil."""
    row, before = match.row, match.known.parents if match.known else ()
    on_list = [parent for parent in before if parent not in forbidden]
    for one, contact in zip(given, row.linked, strict=True):
        what, why = ContactFate.ASKED if match.choices else ContactFate.ADDED, ""
        if families.is_among(one, on_list):
            what = ContactFate.KEPT
        elif one not in parents:
            what, why = ContactFate.LEFT_OUT, "the pupil already has two parents on your list"
        if not (one.email or why):
            why = ON_PAPER
        if _other_name(row, one):
            why = f"called {_other_name(row, one)} in this row of the file"
        said = contact.relationship
        shown = f"{one.name} ({said})" if said else one.name
        yield ShownContact(shown, one.email, one.phone, what, why)
    for left in row.left_out:
        yield ShownContact(
            left.contact.shown,
            left.contact.email,
            left.contact.phone,
            ContactFate.LEFT_OUT,
            left.why,
        )
    for one in before:
        if one in forbidden:
            yield ShownContact(
                one.name, one.email, one.phone, ContactFate.TAKEN_OFF, "must not be written to"
            )
        elif not families.is_among(one, given):
            what = ContactFate.STAYS if one in parents else ContactFate.TAKEN_OFF
            yield ShownContact(one.name, one.email, one.phone, what)


def _other_name(row: PupilRow, parent: ParentDetails) -> str:
    """Return the name that this row gives for an address, if it is not the one that is kept."""
    names = {one.email: one.name for one in row.linked if one.email}
    name = names.get(parent.email, "")
    return name if name and name.casefold() != parent.name.casefold() else ""
