"""Reads the Department for Education's register of schools, as downloaded, row by row.

The file is one CSV of about 50,000 rows in Windows-1252 (or UTF-8, once a spreadsheet has saved it)
whose columns grow every year, so they are found by name, and only the chosen schools are kept in
memory.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict, astuple, dataclass
from typing import Any, BinaryIO

from booking.domain import names, school_phases, year_groups
from booking.foundation import contacts

#: A network chooses a few schools from the register; more than this means a mistake.
CHOSEN_MAX = 300
CHUNK = 1 << 20
#: What the Department calls the file among its downloads.
DOWNLOAD = "Establishment fields CSV"
COLUMNS = {
    "urn": "URN",
    "name": "EstablishmentName",
    "kind": "TypeOfEstablishment (name)",
    "status": "EstablishmentStatus (name)",
    "closed_on": "CloseDate",
    "phase": "PhaseOfEducation (name)",
    "low_age": "StatutoryLowAge",
    "high_age": "StatutoryHighAge",
    "roll": "NumberOfPupils",
    "street": "Street",
    "locality": "Locality",
    "town": "Town",
    "postcode": "Postcode",
    "website": "SchoolWebsite",
    "phone": "TelephoneNum",
    "easting": "Easting",
    "northing": "Northing",
}
#: Without these there is nothing to choose by, or nothing to save.
NEEDED = ("urn", "name", "status", "phase", "low_age", "high_age", "town", "postcode")


class NotANumber(ValueError):
    """What was typed is not a school's reference number; the message says what one looks like."""


class NotTheRegister(ValueError):
    """This file is not the register; the message says what to upload instead."""


class TooManySchools(ValueError):
    """The choice matches more schools than a network has; the message says how to choose fewer."""


@dataclass(frozen=True)
class SchoolChoice:
    """Which schools are wanted: any whose number, town or postcode is among these."""

    urns: frozenset[str] = frozenset()
    towns: frozenset[str] = frozenset()
    postcodes: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Return whether anything was chosen."""
        return bool(self.urns or self.towns or self.postcodes)

    def fits(self, urn: str, town: str, postcode: str) -> bool:
        """Return whether a row of the register is wanted."""
        return (
            urn in self.urns
            or (bool(self.towns) and town.strip().casefold() in self.towns)
            or any(_begins(postcode.strip().upper(), start) for start in self.postcodes)
        )


@dataclass(frozen=True)
class Listed:
    """A school as the register describes it, in our words; or `trouble`, why it is left out."""

    urn: str
    name: str
    phase: str = ""
    town: str = ""
    postcode: str = ""
    address: str = ""
    low_year: int = 0
    high_year: int = 0
    roll: int = 0
    office_phone: str = ""
    website: str = ""
    trouble: str = ""
    easting: int | None = None
    northing: int | None = None

    def details(self) -> dict[str, object]:
        """Return the details that a school takes from the register."""
        facts = asdict(self)
        del facts["trouble"]
        return facts

    def compact(self) -> list[Any]:
        """Return the facts in order, for a signed preview."""
        return list(astuple(self))

    @classmethod
    def of(cls, facts: list[Any]) -> "Listed":
        """Return what `compact` made."""
        return cls(*facts)


def choice_of(*, urns: str = "", town: str = "", postcode: str = "") -> SchoolChoice:
    """Read what a person typed. Raises NotANumber."""
    numbers = re.split(r"[\s,;]+", urns.strip()) if urns.strip() else []
    for number in numbers:
        if not re.fullmatch(r"[0-9]{6}", number):
            raise NotANumber(f"“{number[:20]}” is not a reference number, which has six digits.")
    return SchoolChoice(
        frozenset(numbers),
        frozenset({town.strip().casefold()} - {""}),
        tuple(p for p in [" ".join(postcode.upper().split())] if p),
    )


def read(file: BinaryIO, choice: SchoolChoice) -> list[Listed]:
    """Return the chosen schools of the register, in its order.

    Raises NotTheRegister or TooManySchools.
    """
    encoding = _encoding(file)
    text = io.TextIOWrapper(file, encoding, errors="replace", newline="")
    try:
        chosen = []
        for row in _rows(text):
            if choice.fits(row["urn"], row["town"], row["postcode"]):
                chosen.append(_listed(row))
            if len(chosen) > CHOSEN_MAX:
                raise TooManySchools(f"More than {CHOSEN_MAX} schools match. Narrow your choice.")
        return chosen
    except csv.Error as error:
        raise NotTheRegister(_ADVICE) from error
    finally:
        text.detach()  # the caller closes the file


def _rows(text: io.TextIOWrapper) -> Iterator[Mapping[str, str]]:
    lines = csv.reader(text)
    head = [name.strip() for name in next(lines, [])]
    at = {ours: head.index(theirs) for ours, theirs in COLUMNS.items() if theirs in head}
    missing = [COLUMNS[ours] for ours in NEEDED if ours not in at]
    if missing:
        raise NotTheRegister(f"{_ADVICE} This file has no column “{missing[0]}”.")
    for line in lines:
        # A short row, such as a last one that was cut off, is read as having empty cells.
        yield {o: line[at[o]] if o in at and at[o] < len(line) else "" for o in COLUMNS}


def _listed(row: Mapping[str, str]) -> Listed:
    urn, name = row["urn"].strip(), names.tidy(row["name"])
    if trouble := _trouble(row, urn):
        return Listed(urn, name, town=names.tidy(row["town"]), trouble=trouble)
    years = year_groups.from_ages(int(row["low_age"]), int(row["high_age"]))
    lines = (names.tidy(row[part]) for part in ("street", "locality"))
    return Listed(
        urn=urn,
        name=name,
        phase=school_phases.from_register(
            phase=row["phase"], kind=row["kind"], name=name, years=years
        ),
        town=names.tidy(row["town"]),
        postcode=names.tidy(row["postcode"]).upper(),
        address=", ".join(line for line in lines if line),
        low_year=years[0],
        high_year=years[1],
        roll=int(row["roll"]) if row["roll"].isdecimal() else 0,
        office_phone=_phone(row["phone"]),
        website=_website(row["website"]),
        easting=_metres(row, "easting"),
        northing=_metres(row, "northing"),
    )


def _metres(row: Mapping[str, str], along: str) -> int | None:
    """Return a school's position in one direction on the national grid; None if unknown."""
    both = [row[name].strip() for name in ("easting", "northing")]
    if not all(text.isdecimal() and int(text) for text in both):
        return None
    return int(row[along])


def _trouble(row: Mapping[str, str], urn: str) -> str:
    """Return why a row cannot become a school, or ""."""
    if not re.fullmatch(r"[0-9]{6}", urn):
        return "It has no reference number."
    if not row["name"].strip():
        return "It has no name."
    if not row["status"].strip().casefold().startswith("open"):
        when = f" since {row['closed_on'].strip()}" if row["closed_on"].strip() else ""
        return f"The register says: {row['status'].strip() or 'no status'}{when}."
    try:
        year_groups.from_ages(int(row["low_age"]), int(row["high_age"]))
    except ValueError:
        return "The register gives no ages for it. Add it by hand."
    return ""


def _phone(text: str) -> str:
    try:
        return contacts.tidy_phone(text)
    except contacts.NotAPhone:
        return ""


def _website(text: str) -> str:
    """Return an address that begins with http, or nothing, because it becomes a link."""
    text = names.tidy(text)
    if not text or " " in text:
        return ""
    address = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"
    return address if re.fullmatch(r"https?://[^\s\"'<>\\]+\.[^\s\"'<>\\]+", address, re.I) else ""


def _begins(postcode: str, start: str) -> bool:
    """Return whether a postcode begins with what was typed: SG1 is not the start of SG12."""
    district = postcode.split(" ")[0]
    if " " in start:
        return postcode.startswith(start)
    return district == start or re.sub(r"[0-9].*", "", district) == start or postcode == start


def _encoding(file: BinaryIO) -> str:
    """Return UTF-8 if the whole file is, otherwise the encoding that the register comes in."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise NotTheRegister(_ADVICE)
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        file.seek(0)
    return "utf-8-sig"


_ADVICE = (
    f"This is not the register of schools. Download “{DOWNLOAD}” from Get Information about "
    "Schools, unpack it if it is a zip file, and choose the CSV file."
)
