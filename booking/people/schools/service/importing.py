"""Schools in the national register become schools of the network, or are brought up to date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from booking.domain.permissions import Actor
from booking.people.schools import queries
from booking.people.schools.imports.national_register import Listed
from booking.people.schools.models import School
from booking.people.schools.service import schools


class ListedStanding(StrEnum):
    """How a school in the register compares with the network's."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    LEFT_OUT = "left out"


@dataclass(frozen=True)
class Difference:
    """One detail that differs."""

    field: str
    before: object
    after: object


@dataclass(frozen=True)
class Comparison:
    """One school in the register, beside what we know about it."""

    listed: Listed
    standing: ListedStanding
    school: School | None = None
    differences: tuple[Difference, ...] = ()


def compare(listed: Sequence[Listed]) -> list[Comparison]:
    """Return what adding these schools would change; nothing is written."""
    known = queries.schools_by_urn({row.urn for row in listed})
    return [_compare_one(row, known.get(row.urn)) for row in listed]


def bring_in(*, actor: Actor, now: datetime, listed: Sequence[Listed]) -> dict[ListedStanding, int]:
    """Add new schools and change known ones; return how many of each.

    They are compared again, within the transaction. Raises schools.SchoolRefused.
    """
    counts = dict.fromkeys(ListedStanding, 0)
    for found in compare(listed):
        counts[found.standing] += 1
        if found.standing is ListedStanding.NEW:
            details = found.listed.details()
            schools.add_school(actor=actor, now=now, **details)  # type: ignore[arg-type]
        elif found.school is not None and found.standing is ListedStanding.CHANGED:
            after = {d.field: d.after for d in found.differences}
            schools.change_school(actor=actor, now=now, school=found.school, **after)
    return counts


def _compare_one(row: Listed, school: School | None) -> Comparison:
    if row.trouble:
        return Comparison(row, ListedStanding.LEFT_OUT, school)
    if school is None:
        return Comparison(row, ListedStanding.NEW)
    # An empty cell says nothing, so it does not wipe out what the school has written.
    differences = tuple(
        Difference(field, getattr(school, field), value)
        for field, value in row.details().items()
        if value not in ("", None) and getattr(school, field) != value
    )
    standing = ListedStanding.CHANGED if differences else ListedStanding.UNCHANGED
    return Comparison(row, standing, school, differences)
