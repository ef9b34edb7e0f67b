"""What each column of a school's export is: kept, left out, never kept, or reason to refuse."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from stdnum.gb import upn

from booking.people.pupils.imports.sheet import NotReadable, Row

CONTACTS_MAX = 2


class NoNameColumn(NotReadable):
    """No column holds the surname and the forename."""


class NoYearColumn(NotReadable):
    """No column holds the year group."""


class HoldsUpns(NotReadable):
    """A column of unique pupil numbers: a "blind" number that must not be passed on."""

    def __init__(self, column: str) -> None:
        super().__init__(
            f"The column “{column}” holds unique pupil numbers (UPNs), which Fairplace must not "
            "receive. Take this column out of the export and choose the new file. "
            "Nothing of this file has been kept."
        )


class Part(StrEnum):
    """What we read of a pupil."""

    FORENAME = "forename"
    SURNAME = "surname"
    NAME = "name"
    YEAR = "year"


class Contact(StrEnum):
    """What we read of a parent."""

    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    EMAIL = "email"
    PHONE = "phone"


@dataclass
class Columns:
    """Where everything is. Several columns may hold the same: the better word comes first."""

    parts: dict[Part, list[int]] = field(default_factory=dict)
    contacts: list[dict[Contact, list[int]]] = field(default_factory=list)
    #: Names of columns with nothing that an event needs.
    ignored: list[str] = field(default_factory=list)
    #: Names of columns that Fairplace never keeps, whoever asks.
    never_kept: list[str] = field(default_factory=list)


#: What a pupil goes by comes before what the birth certificate says.
_PARTS: dict[Part, tuple[str, ...]] = {
    Part.FORENAME: (
        *("preferred forename", "preferred first name", "preferred name", "chosen forename"),
        *("chosen name", "known as", "known name", "forename", "first name", "firstname"),
        *("given name", "forenames", "first names", "legal forename", "legal first name"),
    ),
    Part.SURNAME: (
        *("preferred surname", "preferred last name", "chosen surname", "surname", "last name"),
        *("lastname", "family name", "legal surname", "legal last name"),
    ),
    Part.NAME: ("preferred full name", "name", "full name", "display name", "legal full name"),
    Part.YEAR: (
        *("year", "year group", "yeargroup", "year grp", "yr", "yr group", "ncy", "nc year"),
        *("nc year group", "ncyear", "national curriculum year", "actual nc year"),
        *("nc year actual", "curriculum year", "year taught in"),
    ),
}
_WHOSE = ("pupil", "student", "child")
_PARENTS = frozenset(
    {"parent", "parents", "carer", "contact", "mother", "father", "guardian", "adult", "mum", "dad"}
)
_NUMBERS = {"1": 0, "one": 0, "first": 0, "primary": 0, "2": 1, "two": 1, "second": 1}
_EMAIL = frozenset({"email", "mail", "emails"})
_PHONE = frozenset({"phone", "telephone", "mobile", "tel", "number"})
_NOT_A_PARENT = frozenset({"emergency", "relationship", "priority", "title", "salutation"})
#: Words of columns that Fairplace never keeps (what a host, and we, must not know).
_NEVER = frozenset(
    {
        *("address", "street", "postcode", "uprn", "dob", "birth", "birthday", "age", "gender"),
        *("sex", "fsm", "fsm6", "meals", "meal", "premium", "pp", "ethnicity", "ethnic", "race"),
        *("religion", "faith", "nationality", "country", "language", "eal", "sen", "send"),
        *(
            "ehcp",
            "ehc",
            "disability",
            "medical",
            "health",
            "allergy",
            "allergies",
            "nhs",
            "doctor",
        ),
        *("care", "cla", "lac", "looked", "adopted", "safeguarding", "protection", "social"),
        *("attainment", "attendance", "behaviour", "sats", "ks1", "ks2", "reading", "exclusions"),
        *("asylum", "traveller", "service", "diagnosis"),
    }
)


def words_of(title: str) -> list[str]:
    """Return the plain words of a column's title ("E-mail" is one word)."""
    plain = unicodedata.normalize("NFKC", title).casefold().replace(".", "")
    plain = re.sub(r"e[-‐‑– ]mail", "email", plain)
    return re.findall(r"[a-z]+[0-9]*|[0-9]+", re.sub(r"(?<=[a-z])([12])\b", r" \1", plain))


def looks_like_header(cells: Sequence[str]) -> bool:
    """Return whether a row names the columns of a list of pupils."""
    return any(_part(words_of(cell)) is not None for cell in cells)


def understand(header: Sequence[str], rows: Sequence[Row]) -> Columns:
    """Return what each column is. Raises a NotReadable.

    A column of UPNs refuses the whole file, by its title or by what it holds.
    """
    refuse_upns(header, rows)
    found = Columns(contacts=[{} for _ in range(CONTACTS_MAX)])
    ranks: dict[int, int] = {}
    for place, title in enumerate(header):
        words = words_of(title)
        part = _part(words)
        if part is not None:
            found.parts.setdefault(part[0], []).append(place)
            ranks[place] = part[1]
        elif is_never_kept(words):
            found.never_kept.append(title)
        elif not _add_contact(found, words, place) and title:
            found.ignored.append(title)
    for places in found.parts.values():
        places.sort(key=lambda place: ranks[place])
    _leave_out_unnamed_contact(found, header)
    _check(found, header)
    return found


def refuse_upns(header: Sequence[str], rows: Iterable[Row]) -> None:
    """Raise HoldsUpns if any column is headed UPN or holds one."""
    for title in header:
        words = words_of(title)
        if "upn" in words or words[:3] == ["unique", "pupil", "number"]:
            raise HoldsUpns(title)
    for row in rows:
        for place, cell in enumerate(row.cells):
            if upn.is_valid(cell):
                raise HoldsUpns(header[place] if place < len(header) else f"number {place + 1}")


def is_never_kept(words: Sequence[str]) -> bool:
    """Return whether a column is one that Fairplace must not keep."""
    named = set(words)
    if named & _EMAIL:
        return bool(named & set(_WHOSE))  # a pupil's own address is not the parent's
    return bool(named & _NEVER)


def _part(words: list[str]) -> tuple[Part, int] | None:
    """Return what a column holds of the pupil, and how good a word it is (0 is best)."""
    if words and words[0] in _WHOSE:
        words = words[1:] or ["name"]
    title = " ".join(words)
    for part, titles in _PARTS.items():
        if title in titles:
            return part, titles.index(title)
    return None


def _add_contact(found: Columns, words: list[str], place: int) -> bool:
    """Note a column about a parent; say whether it was one."""
    named = set(words)
    if named & _NOT_A_PARENT or named & set(_WHOSE) - {"child"} or not named:
        return False
    kind = _contact_kind(named)
    bare = not named & _PARENTS and kind in {Contact.EMAIL, Contact.PHONE}
    if kind is None or not (bare or named & _PARENTS):
        return False
    number = next((_NUMBERS[word] for word in words if word in _NUMBERS), 0)
    found.contacts[number].setdefault(kind, []).append(place)
    return True


def _contact_kind(named: set[str]) -> Contact | None:
    if named & _EMAIL:
        return Contact.EMAIL
    if named & _PHONE:
        return Contact.PHONE
    if named & {"forename", "forenames"} or {"first", "name"} <= named:
        return Contact.FORENAME
    if named & {"surname", "lastname"} or {"last", "name"} <= named:
        return Contact.SURNAME
    return Contact.NAME if named <= _PARENTS | set(_NUMBERS) | {"name", "full", "or"} else None


def _leave_out_unnamed_contact(found: Columns, header: Sequence[str]) -> None:
    """Leave out a bare "Email" where no parent is named: it may be the pupil's own."""
    if any(kinds.keys() - {Contact.EMAIL, Contact.PHONE} for kinds in found.contacts):
        return
    for kinds in found.contacts:
        for kind in list(kinds):
            if not any(set(words_of(header[place])) & _PARENTS for place in kinds[kind]):
                found.ignored += [header[place] for place in kinds.pop(kind)]


def _check(found: Columns, header: Sequence[str]) -> None:
    seen = ", ".join(f"“{title}”" for title in header[:12] if title) or "none"
    names = found.parts.keys()
    if not ({Part.FORENAME, Part.SURNAME} <= names or Part.NAME in names):
        raise NoNameColumn(
            "No columns for surname and forename were found. Head them “Surname” and “Forename”, "
            f"or one column “Name” as “Okoro, Amara”. The columns of this file are: {seen}."
        )
    if Part.YEAR not in names:
        raise NoYearColumn(
            "No column for the year group was found. Head it “Year group”. "
            f"The columns of this file are: {seen}."
        )
