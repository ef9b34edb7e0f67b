"""Lists of pupils among tables: what their columns may hold, and what a column can be pointed at.

A column that forbids writing to somebody, or that is never kept, cannot be pointed at: nothing else
may be made of it.
"""

from collections.abc import Sequence

from booking.domain import year_groups
from booking.foundation.tables.records import TableDialect
from booking.people.pupils.details import PARENTS_MAX
from booking.people.pupils.imports import permissions, titles
from booking.people.pupils.imports.titles import ColumnOwner, Contact, OfContact, PupilFact

_PUPIL = {
    PupilFact.FORENAME: "The pupil’s forename",
    PupilFact.SURNAME: "The pupil’s surname",
    PupilFact.NAME: "The pupil’s whole name",
    PupilFact.YEAR: "Year group",
    PupilFact.CLASS: "Class",
    PupilFact.NUMBER: "Admission number",
}
_CONTACT = {
    Contact.NAME: "name",
    Contact.EMAIL: "e-mail",
    Contact.PHONE: "telephone",
    Contact.RELATIONSHIP: "relationship",
}
_ORDINALS = ("First", "Second")
_OF_PARENT = {
    f"parent {number} {kind}": OfContact(
        ColumnOwner(frozenset({"parent"}), number), kind, frozenset()
    )
    for number in range(1, PARENTS_MAX + 1)
    for kind in _CONTACT
}


def of_pupil(fact: str) -> PupilFact | None:
    """Return what a pointed column says about the pupil, or None."""
    return PupilFact(fact) if fact in {one.value for one in PupilFact} else None


def of_parent(fact: str) -> OfContact | None:
    """Return what a pointed column says about a parent, or None."""
    return _OF_PARENT.get(fact)


def meaning(fact: PupilFact) -> str:
    """Return what a column about the pupil was taken for, in words."""
    return _PUPIL[fact]


def _explains(cells: Sequence[str]) -> int:
    """Return how many titles of a row are known; those about the pupil weigh more.

    The cells of a row of people may look like titles too: a relationship “Mother”.
    """
    every = [titles.words_of(cell) for cell in cells if cell]
    facts = {part[0] for words in every if (part := titles.part(words))}
    about = [words for words in every if titles.part(words) is None and _is_known(words)]
    return 3 * len(facts) + len(about)


def _is_known(words: Sequence[str]) -> bool:
    return bool(
        titles.of_contact(words) or permissions.by_title(words) or titles.is_never_kept(words)
    )


def _is_year(cell: str) -> bool:
    try:
        year_groups.parse(cell)
    except year_groups.NotAYearGroup:
        return False
    return True


PUPILS = TableDialect(
    name="pupils",
    explains=_explains,
    rows="pupils",
    choose="Choose the list that your system exported.",
    smaller="Export only names, years and parents.",
    shorter="Export only the year groups that you need.",
    facts=(
        *((fact.value, words) for fact, words in _PUPIL.items()),
        *(
            (fact, f"{_ORDINALS[(of.person.number or 1) - 1]} parent: {_CONTACT[of.kind]}")
            for fact, of in _OF_PARENT.items()
        ),
    ),
    is_value=_is_year,
)
