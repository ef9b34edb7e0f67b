"""Which parents a pupil has after an import: those in the file, and those on the list."""

from collections.abc import Sequence

from booking.people.pupils.details import (
    NAMELESS_PARENT,
    PARENTS_MAX,
    ParentDetails,
    same_person,
)
from booking.people.pupils.imports.rows import PupilRow


def after(
    before: Sequence[ParentDetails],
    forbidden: Sequence[ParentDetails],
    given: Sequence[ParentDetails],
    is_replaced: bool,
) -> list[ParentDetails]:
    """Return a pupil's parents after an import.

    Only a tick removes parents who are not in the file; without it new ones are added while there
    is room. Somebody the file forbids us to write to is always removed.
    """
    if is_replaced and given:
        return list(given)
    stay = [
        next((one for one in given if same_person(one, p)), p) for p in before if p not in forbidden
    ]
    new = [p for p in given if p not in stay]
    stay = list(dict.fromkeys(stay))  # one of two may have turned out to be the other
    return stay + new[: max(PARENTS_MAX - len(stay), 0)]


def with_address(given: ParentDetails, before: Sequence[ParentDetails]) -> ParentDetails:
    """Return a contact of the file with what only the list knows: the address.

    Without one anywhere, the number in the file replaces the list's.
    """
    if given.email:
        return given
    for one in before:
        if same_person(one, given):
            name = given.name if one.name == NAMELESS_PARENT else one.name
            return ParentDetails(name, one.email, given.phone or one.phone)
    return given


def is_among(one: ParentDetails, parents: Sequence[ParentDetails]) -> bool:
    """Return whether a parent is one of several."""
    return any(same_person(one, other) for other in parents)


def is_forbidden(parent: ParentDetails, row: PupilRow) -> bool:
    """Return whether the file forbids writing to a parent, found by address or else by name."""
    linked = {one.key for one in row.linked}
    return parent.key not in linked and any(
        one.forbidden_by
        and (one.key == parent.key or (one.name.casefold() == parent.name.casefold() != ""))
        for one in row.contacts
    )
