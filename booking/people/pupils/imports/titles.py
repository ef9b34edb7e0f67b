"""What a column's title says: what it holds about the pupil, or about which contact."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class PupilFact(StrEnum):
    """What we read about a pupil."""

    FORENAME = "forename"
    SURNAME = "surname"
    NAME = "name"
    YEAR = "year"
    CLASS = "class"
    NUMBER = "admission number"


class Contact(StrEnum):
    """What we read about a parent."""

    NAME = "name"
    FORENAME = "forename"
    SURNAME = "surname"
    EMAIL = "email"
    PHONE = "phone"
    RELATIONSHIP = "relationship"
    PRIORITY = "priority"


@dataclass(frozen=True)
class ColumnOwner:
    """Whose column it is, in the file's own words: a mother, the second contact."""

    words: frozenset[str]
    number: int | None


@dataclass(frozen=True)
class OfContact:
    """What a column holds about a person; `said` tells apart a person's two telephone numbers."""

    person: ColumnOwner
    kind: Contact
    said: frozenset[str]


#: The name that a pupil goes by comes before the one on the birth certificate.
_PARTS: dict[PupilFact, tuple[str, ...]] = {
    PupilFact.FORENAME: (
        *("preferred forename", "preferred first name", "preferred name", "chosen forename"),
        *("chosen name", "known as", "known name", "forename", "first name", "firstname"),
        *("given name", "forenames", "first names", "legal forename", "legal first name"),
        *("legal forenames", "given names", "legal given name", "legal first names"),
    ),
    PupilFact.SURNAME: (
        *("preferred surname", "preferred last name", "chosen surname", "surname", "last name"),
        *("lastname", "family name", "legal surname", "legal last name", "surnames"),
    ),
    PupilFact.NAME: ("preferred full name", "name", "full name", "display name", "legal full name"),
    PupilFact.YEAR: (
        *("year", "year group", "yeargroup", "year grp", "yr", "yr group", "ncy", "nc year"),
        *("nc year group", "ncyear", "national curriculum year", "actual nc year"),
        *("nc year actual", "curriculum year", "curric year", "curr year", "year taught in"),
        *("curriculum nc year", "curric nc year", "curr nc year", "nat curr year", "year code"),
    ),
    PupilFact.CLASS: (
        *("class", "class name", "class group", "registration group", "reg group", "reg"),
        *("registration", "registration form", "registration class", "form", "form group"),
        *("form class", "form name", "tutor group", "reg grp", "class code", "home class"),
    ),
    PupilFact.NUMBER: (
        *("admission number", "admission no", "admissions number", "admissions no", "admission"),
        *("adno", "adm no", "adm number", "admno", "school admission number"),
    ),
}
#: What a system adds to a title that means the same without it.
_ADDED = frozenset({"current", "actual"})
_WHOSE = frozenset({"pupil", "student", "child"})
_PERSONS = frozenset(
    {
        *("parent", "carer", "contact", "mother", "father", "guardian", "adult", "grandparent"),
        *("grandmother", "grandfather", "stepmother", "stepfather", "step", "foster", "other"),
        *("childminder", "nanny", "aunt", "uncle", "partner", "relative"),
    }
)
_SAME_PERSON = {
    **{f"{word}s": word for word in ("parent", "carer", "contact", "guardian", "adult")},
    **dict.fromkeys(("mum", "mummy", "mam", "mom"), "mother"),
    **dict.fromkeys(("dad", "daddy"), "father"),
}
_NUMBERS = {
    **{str(number): number for number in range(1, 21)},
    "one": 1,
    "first": 1,
    "primary": 1,
    "two": 2,
    "second": 2,
    "secondary": 2,
    "three": 3,
    "third": 3,
    "four": 4,
    "fourth": 4,
    "five": 5,
    "fifth": 5,
}
_EMAIL = frozenset({"email", "mail", "emails"})
_PHONE = frozenset({"phone", "telephone", "mobile", "tel", "number", "landline", "mob", "cell"})
_QUALIFIERS = frozenset({"home", "work", "personal", "main", "preferred", "daytime", "evening"})
#: A column holds this about a contact if it has one of the first words, and no word outside the
#: others.
_KINDS: dict[Contact, tuple[frozenset[str], frozenset[str]]] = {
    Contact.EMAIL: (_EMAIL, _EMAIL | _QUALIFIERS | {"address", "addresses"}),
    Contact.PRIORITY: (
        frozenset({"priority", "order", "rank"}),
        frozenset({"priority", "order", "rank"}),
    ),
    Contact.RELATIONSHIP: (
        frozenset({"relationship", "relation"}),
        frozenset({"relationship", "relation", "type", "to"}) | _WHOSE,
    ),
    Contact.PHONE: (_PHONE, _PHONE | _QUALIFIERS | {"no", "day"}),
    Contact.FORENAME: (
        frozenset({"forename", "forenames", "firstname"}),
        frozenset({"forename", "forenames", "firstname", "known", "preferred", "legal"}),
    ),
    Contact.SURNAME: (
        frozenset({"surname", "lastname"}),
        frozenset({"surname", "lastname", "preferred", "legal"}),
    ),
}
_NAME = frozenset({"name", "names", "full", "or", "and"})
#: Words in names of columns that Fairplace never keeps (what neither a host nor we may know).
_NEVER = frozenset(
    {
        *("address", "street", "postcode", "uprn", "dob", "birth", "birthday", "age", "gender"),
        *("sex", "fsm", "fsm6", "meals", "meal", "premium", "pp", "ethnicity", "ethnic", "race"),
        *("religion", "faith", "nationality", "country", "language", "eal", "sen", "send"),
        *("ehcp", "ehc", "disability", "medical", "health", "allergy", "allergies", "nhs"),
        *("doctor", "care", "cla", "lac", "looked", "adopted", "safeguarding", "protection"),
        *("social", "attainment", "attendance", "behaviour", "sats", "ks1", "ks2", "reading"),
        *("exclusions", "asylum", "traveller", "service", "diagnosis"),
    }
)
_COUNTED = _PERSONS | _SAME_PERSON.keys() | _EMAIL | _PHONE | {"name", "forename", "surname"}


def words_of(title: str) -> list[str]:
    """Return the plain words of a column's title ("E-mail" is one word, "Parent1" are two)."""
    plain = unicodedata.normalize("NFKC", title)
    plain = re.sub(r"(?<=[a-z]{3})(?=[A-Z])", " ", plain).casefold().replace(".", "")
    plain = re.sub(r"\(s\)", "s", plain)
    plain = re.sub(r"[’']s\b", "", plain).replace("’", "").replace("'", "")
    plain = re.sub(r"\be[-‐‑– ]mail", "email", plain)
    plain = re.sub(r"([0-9])(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"(?<![a-z])([a-z]+)([0-9]{1,2})(?![0-9a-z])", _apart, plain)
    return re.findall(r"[a-z]+[0-9]*|[0-9]+", plain)


def _apart(match: re.Match[str]) -> str:
    return f"{match[1]} {match[2]}" if match[1] in _COUNTED else match[0]


def part(words: Sequence[str]) -> tuple[PupilFact, int] | None:
    """Return what a column says about the pupil, and how good its title is (0 is best)."""
    if words and words[0] in _WHOSE:
        words = words[1:] or ["name"]
    for title in (" ".join(words), " ".join(word for word in words if word not in _ADDED)):
        for found, titles in _PARTS.items():
            if title in titles:
                return found, titles.index(title)
    return None


def is_never_kept(words: Sequence[str]) -> bool:
    """Return whether a column is one that Fairplace must not keep."""
    named = set(words)
    if named & _EMAIL:
        return bool(named & _WHOSE)  # a pupil's own address is not the parent's
    return bool(named & _NEVER)


def person(words: Sequence[str]) -> tuple[ColumnOwner, frozenset[str]] | None:
    """Return whose column it is, and the words that say what it holds; None if it is nobody's.

    A title with two numbers ("Contact 2 e-mail 1") counts the person with the number beside the
    word for one; if that is not clear, the column is nobody's.
    """
    words = [_SAME_PERSON.get(word, word) for word in _names_joined(words)]
    at = [n for n, word in enumerate(words) if word in _PERSONS]
    if not at:
        return None
    numbers = [n for n, word in enumerate(words) if word in _NUMBERS]
    if len(numbers) > 1:
        numbers = [n for n in numbers if n - 1 in at or n + 1 in at]
        if len(numbers) != 1:
            return None
    named = frozenset(words[n] for n in at)
    # "Mother contact number" is the mother's.
    whose = ColumnOwner(
        named - {"contact"} or named, _NUMBERS[words[numbers[0]]] if numbers else None
    )
    rest = frozenset(word for n, word in enumerate(words) if n not in (*at, *numbers))
    return whose, rest


def of_contact(words: Sequence[str]) -> OfContact | None:
    """Return what a column holds about which contact; None if any of its words is unknown."""
    found = person(words)
    if found is None:
        return None
    whose, rest = found
    for kind, (needed, allowed) in _KINDS.items():
        if rest & needed:
            said = frozenset(rest & (_QUALIFIERS | _PHONE - {"number"}))
            return OfContact(whose, kind, said) if rest <= allowed else None
    return OfContact(whose, Contact.NAME, frozenset()) if rest <= _NAME else None


def _names_joined(words: Sequence[str]) -> list[str]:
    """Join "first name" and the like, whose first word is no number."""
    text = " ".join(words)
    text = re.sub(r"\b(?:first|given) names?\b", "forename", text)
    return re.sub(r"\b(?:last|family) names?\b", "surname", text).split()
