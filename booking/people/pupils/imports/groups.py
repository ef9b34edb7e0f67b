"""Which columns are about the same contact. A person is filled from only one group."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from booking.people.pupils.imports.permissions import Takes
from booking.people.pupils.imports.titles import ColumnOwner, Contact, OfContact

#: A way to write to somebody, or at least a name; a group with neither is not a contact.
_SOMEBODY = frozenset(
    {Contact.NAME, Contact.FORENAME, Contact.SURNAME, Contact.EMAIL, Contact.PHONE}
)


@dataclass
class Group:
    """The columns of one contact."""

    person: ColumnOwner
    #: Where the group begins, to order groups that have no number.
    first: int
    places: dict[Contact, list[int]] = field(default_factory=dict)
    takes: list[tuple[int, Takes]] = field(default_factory=list)

    @property
    def is_somebody(self) -> bool:
        """Whether the columns name a person or say how to reach one."""
        return bool(self.places.keys() & _SOMEBODY)


@dataclass(frozen=True)
class ContactColumn:
    """One column about a contact: what it holds, or what it forbids."""

    place: int
    person: ColumnOwner
    holds: OfContact | Takes

    @property
    def sign(self) -> Hashable:
        """What tells that two columns hold the same thing, and so belong to two people."""
        if isinstance(self.holds, Takes):
            return ("takes", self.place)
        return (self.holds.kind, self.holds.said)


@dataclass(frozen=True)
class Grouped:
    """The contacts of a file, in order, and the columns that could be anybody's."""

    groups: tuple[Group, ...]
    #: Columns that forbid writing without saying to whom: they apply to everybody in the row.
    takes: tuple[tuple[int, Takes], ...]
    unclear: tuple[int, ...]


def grouped(columns: Sequence[ContactColumn]) -> Grouped:
    """Return the contacts, using the words, numbers and positions of their columns."""
    groups: list[Group] = []
    takes: list[tuple[int, Takes]] = []
    unclear: list[int] = []
    for person in dict.fromkeys(column.person for column in columns):
        own = [column for column in columns if column.person == person]
        numbers = _people_of([column.sign for column in own])
        if numbers is None:
            unclear += [column.place for column in own if not isinstance(column.holds, Takes)]
            takes += [(c.place, c.holds) for c in own if isinstance(c.holds, Takes)]
            continue
        for number in range(max(numbers) + 1):
            group = _group(person, [c for c, n in zip(own, numbers, strict=True) if n == number])
            if group.is_somebody:
                groups.append(group)
            else:
                takes += group.takes
    return Grouped(_in_order(groups), tuple(takes), tuple(unclear))


def _group(person: ColumnOwner, columns: Sequence[ContactColumn]) -> Group:
    group = Group(person, columns[0].place)
    for column in columns:
        if isinstance(column.holds, Takes):
            group.takes.append((column.place, column.holds))
        else:
            group.places.setdefault(column.holds.kind, []).append(column.place)
    return group


def _people_of(signs: Sequence[Hashable]) -> list[int] | None:
    """Return which person, from 0, each column with the same words is about; None if unclear.

    "Name, e-mail, name, e-mail" are two people one after the other; "name, name, e-mail, e-mail"
    are two side by side. Anything else could be read in two ways.
    """
    if len(set(signs)) == len(signs):
        return [0] * len(signs)
    return _side_by_side(signs) or _one_after_another(signs)


def _one_after_another(signs: Sequence[Hashable]) -> list[int] | None:
    numbers, seen = [0], {signs[0]}
    for before, sign in pairwise(signs):
        if sign == before or (sign in seen and sign != signs[0]):
            return None
        if sign in seen:
            numbers.append(numbers[-1] + 1)
            seen = {sign}
        else:
            numbers.append(numbers[-1])
            seen.add(sign)
    return numbers


def _side_by_side(signs: Sequence[Hashable]) -> list[int] | None:
    runs = [len(list(run)) for _, run in groupby(signs)]
    if len(runs) != len(set(signs)) or len(set(runs)) != 1:
        return None
    return [number for run in runs for number in range(run)]


def _in_order(groups: Sequence[Group]) -> tuple[Group, ...]:
    """Order people with the same words by their numbers, the others by position."""
    begins: dict[frozenset[str], int] = {}
    for group in groups:
        words = group.person.words
        begins[words] = min(group.first, begins.get(words, group.first))
    return tuple(
        sorted(
            groups,
            key=lambda group: (begins[group.person.words], group.person.number or 0, group.first),
        )
    )
