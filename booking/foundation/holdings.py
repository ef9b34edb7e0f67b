"""What features hold about one person: each names its tables, in `held.py` in its folder.

A part finds the rows of a table that are about a person and tells every column of them, so that a
column nobody thought of is told as well; what is not told says why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Table, false, or_
from sqlalchemy.orm import InstrumentedAttribute

from booking.foundation.ports import Port, Socket

#: Columns that name a row for the program alone.
INTERNAL = {"id", "public_id"}
NOTHING: Mapping[str, str] = MappingProxyType({})
HASHED = "the hash of a private link or code, which nobody can turn back"


@dataclass(frozen=True)
class Concerned:
    """Whose rows are looked for: a pupil with the family, one parent, or one adult.

    A pupil's rows are those of the pupil and of the pupil's bookings; only what belongs to nobody
    but a parent is looked for by parent.
    """

    pupils: tuple[int, ...] = ()
    bookings: tuple[int, ...] = ()
    parents: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    #: Addresses, in lower case, and telephone numbers.
    addresses: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    #: The school that is asked; None: somebody asks about their own account.
    school_id: int | None = None
    #: Which of the addresses somebody else has too, such as another school's parent: mail to them
    #: is then only theirs if it is about their own places.
    shared: tuple[str, ...] = ()


Whose = Callable[[Concerned], ColumnElement[bool]]


@dataclass(frozen=True)
class Part:
    """One table that holds something about people, and how its rows about one are found."""

    title: str
    model: type[Any]
    #: Finds the rows about a pupil or a parent; left out, the table's references find them.
    family: Whose | None = None
    #: Finds the rows about an adult who works here or comes along; left out, there are none.
    adult: Whose | None = None
    #: Columns that are not told, and why.
    left_out: Mapping[str, str] = field(default_factory=dict)
    #: Whether staff wrote it, so that it may name other children: their names are taken out.
    by_staff: bool = False

    @property
    def table(self) -> Table:
        """Return the table itself."""
        found = self.model.__table__
        assert isinstance(found, Table)
        return found

    def rows_about(self, subject: Concerned) -> ColumnElement[bool]:
        """Return the condition on the rows that are about somebody."""
        if subject.people or not (subject.pupils or subject.parents):
            return self.adult(subject) if self.adult else false()
        return (self.family or self._by_reference)(subject)

    def _by_reference(self, subject: Concerned) -> ColumnElement[bool]:
        ours = references(self.table, "pupils"), references(self.table, "bookings")
        if subject.pupils and any(ours):
            wanted = zip(ours, (subject.pupils, subject.bookings), strict=True)
            return or_(*(column.in_(ids) for columns, ids in wanted for column in columns))
        return or_(
            false(), *(column.in_(subject.parents) for column in references(self.table, "parents"))
        )


def of_adult(
    title: str, column: InstrumentedAttribute[Any], left_out: Mapping[str, str] = NOTHING
) -> Part:
    """Return the part of rows that a column says are one adult's, and no family's."""
    model = column.class_
    assert isinstance(model, type), "a column of a table, of no alias"
    return Part(
        title,
        model,
        family=nobody,
        adult=lambda subject: column.in_(subject.people),
        left_out=left_out,
    )


def references(table: Table, to: str) -> list[Any]:
    """Return the columns of a table that refer to another."""
    return [key.parent for key in table.foreign_keys if key.column.table.name == to]


def nobody(subject: Concerned) -> ColumnElement[bool]:
    """Find no rows about a family."""
    return false()


@Port
def parts() -> Sequence[Part] | None:
    """Return which of a feature's tables hold something about one person."""


@Port
def readings() -> Sequence[str] | None:
    """Return the acts by which somebody reads what families told, as the trail calls them."""


@Socket
def restricted(model: type[Any], *, for_claim: bool = False) -> ColumnElement[bool]:
    """Return the condition that whoever a row of `model` is about is restricted just now.

    What is held of them is then only kept: nothing new is done with it (Article 18 of the UK GDPR).
    With `for_claim`, only those of whom it is kept for a legal claim, so that nothing may go. Rows
    of any table are asked about, by its references to pupils and bookings.
    """
    return false()
